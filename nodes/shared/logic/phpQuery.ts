/**
 * Writes parameters the way PHP reads them (`fields[TITLE]=A&filter[%3EID]=5`), which the commands of a batch need.
 * Booleans become 1 and 0, empty lists and undefined values are left out, null becomes an empty value.
 * Docs: settings/how-to-call-rest-api/data-encoding.md
 */
export function encodePhpQuery(parameters: Record<string, unknown>): string {
	const pairs: string[] = [];
	for (const [key, value] of Object.entries(parameters)) collect(encodeURIComponent(key), value, pairs);
	return pairs.join('&');
}

function collect(path: string, value: unknown, pairs: string[]): void {
	if (value === undefined) return;
	if (value === null) {
		pairs.push(`${path}=`);
	} else if (Array.isArray(value)) {
		value.forEach((entry, index) => collect(`${path}[${index}]`, entry, pairs));
	} else if (typeof value === 'object') {
		for (const [key, entry] of Object.entries(value)) collect(`${path}[${encodeURIComponent(key)}]`, entry, pairs);
	} else {
		const text = typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
		pairs.push(`${path}=${encodeURIComponent(text)}`);
	}
}
