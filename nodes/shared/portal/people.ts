import type { Portal } from './portal';

export interface Person {
	id: number;
	name: string;
	active: boolean;
	departments: number[];
}

interface Department {
	id: number;
	parent?: number;
	head?: number;
}

/** Reads people by their IDs; those who do not exist are left out. Docs: api-reference/user/user-get.md */
export async function findPeople(portal: Portal, ids: number[]): Promise<Map<number, Person>> {
	const unique = [...new Set(ids)].filter((id) => id > 0);
	const people = await Promise.all(unique.map(async (id) => await findPerson(portal, id)));
	return new Map(people.filter((person) => person !== undefined).map((person) => [person.id, person]));
}

export async function findPerson(portal: Portal, id: number): Promise<Person | undefined> {
	return await portal.memory.recall(`person ${id}`, async () => {
		const [user] = await portal.client.call<Array<Record<string, unknown>>>('user.get', { ID: id });
		if (user === undefined) return undefined;
		const name = [user.NAME, user.LAST_NAME].filter(Boolean).join(' ');
		return {
			id,
			name: name || String(user.EMAIL ?? id),
			active: user.ACTIVE === true,
			departments: Array.isArray(user.UF_DEPARTMENT) ? user.UF_DEPARTMENT.map(Number) : [],
		};
	});
}

/**
 * The head of a person's department; the next one up when he is the person himself or the department has none.
 * With `mustBePresent` those on leave are passed over as well, as «Контроль» climbs.
 * Undefined at the top of the company.
 */
export async function findHead(portal: Portal, personId: number, mustBePresent = false): Promise<number | undefined> {
	const [person, departments] = await Promise.all([findPerson(portal, personId), listDepartments(portal)]);
	let department = departments.get(person?.departments[0] ?? 0);
	const seen = new Set<number>();
	while (department !== undefined && !seen.has(department.id)) {
		seen.add(department.id);
		const { head } = department;
		if (head !== undefined && head !== personId && (await canAct(portal, head, mustBePresent))) return head;
		department = departments.get(department.parent ?? 0);
	}
	return undefined;
}

async function canAct(portal: Portal, id: number, mustBePresent: boolean): Promise<boolean> {
	if ((await findPerson(portal, id))?.active !== true) return false;
	if (!mustBePresent) return true;
	// Docs: api-reference/chats/users/im-user-get.md – false, or the date until which the person is away.
	const user = await portal.client.call<{ absent?: unknown }>('im.user.get', { ID: id });
	return user.absent === undefined || user.absent === false || user.absent === null;
}

/** Docs: api-reference/departments/department-get.md; UF_HEAD is absent or empty when a department has no head. */
async function listDepartments(portal: Portal): Promise<Map<number, Department>> {
	return await portal.memory.recall('departments', async () => {
		const departments = new Map<number, Department>();
		for (let start: number | undefined = 0; start !== undefined;) {
			const page: { result: Array<Record<string, unknown>>; next?: number } = await portal.client.ask(
				'department.get',
				{
					START: start,
				},
			);
			for (const { ID, PARENT, UF_HEAD } of page.result) {
				departments.set(Number(ID), {
					id: Number(ID),
					parent: PARENT ? Number(PARENT) : undefined,
					head: Number(UF_HEAD) > 0 ? Number(UF_HEAD) : undefined,
				});
			}
			start = page.next;
		}
		return departments;
	});
}
