import type { User } from '../portal/entities';
import type { Portal } from '../portal/portal';
import { compileFilter, joinConditions, type FilterField } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { readPage } from '../rest/page';
import { flag, integer, type PlainObject } from '../rest/params';
import { ForcedObject } from '../rest/php-json';

/** Employees (api-reference/user/). Any of three scopes is enough; `user_brief` hides contact data. */
export const userMethods = family(
	['user'],
	{
		/** user-get.md: an array, IDs as text, ACTIVE as a boolean. */
		'user.get': (call) => listUsers(call, filterOf(call)),
		/** user-search.md: NAME, LAST_NAME, WORK_POSITION, UF_DEPARTMENT_NAME or FIND over all of them. */
		'user.search': (call) => listUsers(call, searchFilter(call)),
		/** user-current.md */
		'user.current': (call) => ({
			...viewUser(call, call.user),
			LAST_ACTIVITY_DATE: call.portal.time.iso(call.portal.clock.now()).slice(0, 19).replace('T', ' '),
		}),
	},
	['user_basic', 'user_brief'],
);

const TEXT_FIELDS: Record<string, keyof User> = {
	NAME: 'name',
	LAST_NAME: 'lastName',
	SECOND_NAME: 'secondName',
	EMAIL: 'email',
	PERSONAL_MOBILE: 'mobile',
	PERSONAL_GENDER: 'gender',
	WORK_PHONE: 'workPhone',
	WORK_POSITION: 'position',
	USER_TYPE: 'userType',
};

function filterOf(call: RestCall): PlainObject {
	const filter = { ...call.params.object('FILTER') };
	if (call.params.has('ID')) filter.ID = call.params.get('ID');
	return filter;
}

function searchFilter(call: RestCall): PlainObject {
	const given = { ...filterOf(call) };
	if (given.FIND !== undefined) {
		given.NAME_SEARCH = given.FIND;
		delete given.FIND;
	}
	for (const name of ['NAME', 'LAST_NAME', 'WORK_POSITION']) {
		if (given[name] === undefined) continue;
		given[`%${name}`] = given[name];
		delete given[name];
	}
	return given;
}

function userField(portal: Portal, name: string): FilterField | undefined {
	const { users } = portal;
	if (name === 'ID') return { sql: 'id', read: integer };
	if (name === 'ACTIVE') return { sql: users.expression('active'), read: (value) => (flag(value) ? 1 : 0) };
	if (name === 'IS_ONLINE') return { sql: `'Y'` };
	if (name === 'UF_DEPARTMENT') return { sql: users.expression('departments'), multiple: true, read: integer };
	if (name === 'NAME_SEARCH') {
		const parts = ['name', 'lastName', 'secondName', 'position'].map(
			(field) => `coalesce(${users.expression(field)}, '')`,
		);
		return { sql: `(${parts.join(` || ' ' || `)})` };
	}
	if (name === 'UF_DEPARTMENT_NAME') {
		const own = `SELECT value FROM json_each(${users.expression('departments').replace('doc', '"user".doc')})`;
		const names = `json_extract(department.doc, '$.name')`;
		return { sql: `(SELECT group_concat(${names}, ' ') FROM department WHERE department.id IN (${own}))` };
	}
	return TEXT_FIELDS[name] ? { sql: users.expression(TEXT_FIELDS[name]) } : undefined;
}

function listUsers(call: RestCall, filter: PlainObject): unknown {
	const { portal, params } = call;
	const contains = ['NAME_SEARCH', 'UF_DEPARTMENT_NAME'];
	const prefixed = Object.entries(filter).map(([key, value]) => [contains.includes(key) ? `%${key}` : key, value]);
	const where = compileFilter(Object.fromEntries(prefixed), {
		field: (name) => userField(portal, name),
		unknown: () => undefined,
	});
	const sort = params.text('sort').toUpperCase();
	const orderBy = compileOrder(sort ? { [sort]: params.text('order') || 'ASC' } : {}, (name) =>
		name === 'ID' ? 'id' : userField(portal, name)?.sql,
	);
	const select = params.list('select')?.map(String);
	return readPage(portal.users, { where: where && joinConditions([where]), orderBy, start: params.start() }, (rows) =>
		rows.map((user) => {
			const view = viewUser(call, user);
			if (!select || select.length === 0) return view;
			return Object.fromEntries(Object.entries(view).filter(([name]) => select.includes(name)));
		}),
	);
}

function viewUser(call: RestCall, user: User): PlainObject {
	const { time, clock } = call.portal;
	const briefOnly = !['user', 'user_basic'].some((scope) => call.credential.scopes.includes(scope));
	return {
		ID: String(user.id),
		ACTIVE: user.active,
		NAME: user.name,
		LAST_NAME: user.lastName,
		SECOND_NAME: user.secondName,
		...(briefOnly ? {} : { EMAIL: user.email }),
		LAST_LOGIN: time.iso(clock.now()),
		DATE_REGISTER: time.iso(user.registered),
		TIME_ZONE: '',
		IS_ONLINE: 'Y',
		TIMESTAMP_X: new ForcedObject(),
		LAST_ACTIVITY_DATE: new ForcedObject(),
		PERSONAL_GENDER: user.gender,
		PERSONAL_WWW: '',
		PERSONAL_BIRTHDAY: user.birthday,
		...(briefOnly ? {} : { PERSONAL_MOBILE: user.mobile }),
		PERSONAL_CITY: '',
		...(briefOnly ? {} : { WORK_PHONE: user.workPhone }),
		WORK_POSITION: user.position,
		UF_EMPLOYMENT_DATE: '',
		UF_DEPARTMENT: user.departments,
		USER_TYPE: user.userType,
	};
}
