import type { Absence, Department, User } from './entities';
import type { Portal } from './portal';

export function fullName(user: User): string {
	return [user.name, user.lastName].filter(Boolean).join(' ');
}

/** The absence that covers this moment, if the person is away. */
export function currentAbsence(portal: Portal, userId: number): Absence | undefined {
	const now = portal.clock.now();
	return portal.absences.find({ userId }).find(({ from, to }) => from <= now && now < to);
}

/** Departments that stand under any of the given ones, and these themselves. */
export function withSubdivisions(portal: Portal, ids: number[]): Set<number> {
	const all = portal.departments.select();
	const found = new Set(ids);
	let grown = true;
	while (grown) {
		const more = all.filter(({ id, parent }) => found.has(parent) && !found.has(id));
		more.forEach(({ id }) => found.add(id));
		grown = more.length > 0;
	}
	return found;
}

function departmentsHeadedBy(portal: Portal, userId: number): Department[] {
	return portal.departments.find({ head: userId });
}

/** True if `bossId` is the head of a department in which, or under which, the employee works. */
export function isHeadOf(portal: Portal, bossId: number, employeeId: number): boolean {
	const employee = portal.users.get(employeeId);
	const headed = departmentsHeadedBy(portal, bossId).map(({ id }) => id);
	if (!employee || headed.length === 0) return false;
	const covered = withSubdivisions(portal, headed);
	return employee.departments.some((id) => covered.has(id));
}
