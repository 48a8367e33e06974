export interface ParameterText {
	/** as the editor writes it: `rules.values[0].outputKey` */
	path: string;
	text: string;
}

/** All texts inside parameters, expressions among them. */
export function textsOf(value: unknown, path = ''): ParameterText[] {
	if (typeof value === 'string') return [{ path, text: value }];
	if (Array.isArray(value)) return value.flatMap((entry, index) => textsOf(entry, `${path}[${index}]`));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, entry]) => textsOf(entry, path === '' ? key : `${path}.${key}`));
}
