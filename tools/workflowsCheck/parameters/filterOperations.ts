const ANY = ['exists', 'notExists', 'empty', 'notEmpty'];

/**
 * The comparisons that the engine of n8n carries out, by type of the left value. One that it does not know is logged
 * and counts as false, so a typing error would go unnoticed.
 */
export const FILTER_OPERATIONS: Record<string, string[]> = {
	string: [
		...[...ANY, 'equals', 'notEquals', 'contains', 'notContains', 'startsWith', 'notStartsWith'],
		...['endsWith', 'notEndsWith', 'regex', 'notRegex'],
	],
	number: [...ANY, 'equals', 'notEquals', 'gt', 'lt', 'gte', 'lte'],
	dateTime: [...ANY, 'equals', 'notEquals', 'after', 'before', 'afterOrEquals', 'beforeOrEquals'],
	boolean: [...ANY, 'true', 'false', 'equals', 'notEquals'],
	array: [
		...[...ANY, 'contains', 'notContains', 'lengthEquals', 'lengthNotEquals'],
		...['lengthGt', 'lengthLt', 'lengthGte', 'lengthLte'],
	],
	object: ANY,
};
