import type { PlainObject } from './params';

/**
 * Compiles `{field: direction}` to ORDER BY, with the ID as the last word so that pages never overlap.
 * `expression` answers the SQL of a field or throws the method's documented error.
 */
export function compileOrder(
	order: PlainObject,
	expression: (field: string, direction: string) => string | undefined,
	defaultOrder = 'id ASC',
): string {
	const parts = Object.entries(order).flatMap(([field, direction]) => {
		const word = String(direction).toUpperCase();
		const sql = expression(field, word);
		return sql ? [`${sql} ${word.startsWith('DESC') ? 'DESC' : 'ASC'}`] : [];
	});
	return parts.length === 0 ? defaultOrder : [...parts, 'id ASC'].join(', ');
}
