import type { Absence } from '../portal/entities';
import { family, type RestCall } from '../rest/method';
import { integer, type PlainObject } from '../rest/params';
import { ForcedObject } from '../rest/php-json';
import { RestError } from '../rest/rest-error';

/** Working time of the company and absences (api-reference/calendar/). */
export const calendarMethods = family(['calendar'], {
	/** calendar-settings-get.md: minutes stand after a dot, holidays are day.month without a year. */
	'calendar.settings.get': () => SETTINGS,
	/** calendar-event/calendar-accessibility-get.md: by user ID; dates in the site's format. */
	'calendar.accessibility.get': accessibility,
});

const SETTINGS: PlainObject = {
	work_time_start: '9',
	work_time_end: '19',
	year_holidays: '1.01,2.01,7.01,23.02,8.03,1.05,9.05,12.06,4.11',
	year_workdays: '31.12',
	week_holidays: ['SA', 'SU'],
	week_start: 'MO',
	user_name_template: '#NAME# #LAST_NAME#',
	sync_by_push: false,
	user_show_login: true,
	path_to_user: '/company/personal/user/#user_id#/',
	path_to_user_calendar: '/company/personal/user/#user_id#/calendar/',
	path_to_group: '/workgroups/group/#group_id#/',
	path_to_group_calendar: '/workgroups/group/#group_id#/calendar/',
	path_to_vr: '',
	path_to_rm: '',
	rm_iblock_type: '',
	rm_iblock_id: '',
	dep_manager_sub: true,
	denied_superpose_types: [],
	pathes_for_sites: '',
	forum_id: '8',
	rm_for_sites: true,
	path_to_type_company_calendar: '',
	path_to_type_location: '',
	path_to_type_open_event: '',
};

function accessibility(call: RestCall): unknown {
	const { params, portal } = call;
	for (const name of ['users', 'from', 'to']) {
		if (!params.has(name)) {
			const text = `The required parameter "${name}" for the method "calendar.accessibility.get" is not set.`;
			throw new RestError('', text);
		}
	}
	const from = portal.time.parseDay(params.get('from'));
	const to = portal.time.startOfDay(portal.time.parseDay(params.get('to')), 1);
	const users = (params.list('users') ?? []).map((id) => integer(id) ?? 0);
	const entries = users.map((id) => {
		const absences = portal.absences.find({ userId: id }).filter((one) => one.from < to && one.to > from);
		return [String(id), absences.map((absence) => view(call, absence))];
	});
	return new ForcedObject(Object.fromEntries(entries));
}

function view(call: RestCall, absence: Absence): PlainObject {
	const { time, timeZone } = call.portal;
	return {
		ID: String(absence.id),
		NAME: absence.name,
		DATE_FROM: time.site(absence.from),
		DATE_TO: time.site(absence.to),
		DATE_FROM_TS_UTC: String(absence.from / 1000),
		DATE_TO_TS_UTC: String(absence.to / 1000),
		'~USER_OFFSET_FROM': 0,
		'~USER_OFFSET_TO': 0,
		DT_SKIP_TIME: 'N',
		TZ_FROM: timeZone,
		TZ_TO: timeZone,
		ACCESSIBILITY: 'absent',
		IMPORTANCE: 'normal',
		EVENT_TYPE: '',
	};
}
