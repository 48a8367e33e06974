import { readElements, ROLES_LIST } from './portalLists';
import type { Portal } from './portal';

/**
 * The person who holds a role according to the portal's list «Роли сотрудников»; undefined when the role is empty.
 * `wanted` is the code (`florist`) or the visible name («Флорист»). An unknown role throws.
 */
export async function findRoleHolder(portal: Portal, wanted: string): Promise<number | undefined> {
	const roles = await readElements(portal, ROLES_LIST);
	const text = wanted.trim();
	const role =
		roles.find(({ code }) => code === text) ?? roles.find(({ name }) => name.toLowerCase() === text.toLowerCase());
	if (role === undefined) {
		const known = roles.map(({ name, code }) => `«${name}» (${code})`).join(', ');
		throw new Error(`The list «${ROLES_LIST.name}» has no role «${wanted}». It has ${known || 'no roles at all'}.`);
	}
	const holder = Number(role.values.USER);
	return holder > 0 ? holder : undefined;
}
