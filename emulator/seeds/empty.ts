import type { Portal } from '../portal/portal';
import {
	DEAL_STAGES,
	DEAL_TYPES,
	LEAD_STAGES,
	putDictionary,
	putStages,
	SOURCES,
} from '../portal/crm/default-dictionaries';

/** A fresh portal: the company, its administrator (user 1), the default dictionaries and the default pipeline. */
export function seedEmpty(portal: Portal): void {
	portal.departments.insert({ id: 1, name: 'Компания', sort: 500, parent: 0, head: 1 });
	portal.users.insert({
		id: 1,
		name: 'Анна',
		lastName: 'Крылова',
		secondName: 'Сергеевна',
		gender: 'F',
		email: 'a.krylova@example.ru',
		mobile: '+79160000001',
		workPhone: '',
		position: 'Директор',
		birthday: '',
		departments: [1],
		admin: true,
		active: true,
		userType: 'employee',
		registered: portal.time.parse('2024-02-01T10:00:00+03:00'),
	});
	portal.categories.insert({ id: 0, name: 'Общая', sort: 300 });
	putStages(portal, 'STATUS', null, LEAD_STAGES);
	putStages(portal, 'DEAL_STAGE', null, DEAL_STAGES);
	putDictionary(portal, 'SOURCE', SOURCES);
	putDictionary(portal, 'DEAL_TYPE', DEAL_TYPES);
}
