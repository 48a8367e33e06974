/** A value of a parameter or expression as text: dates as ISO, nothing as an empty text. */
export function plainText(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return value.toISOString();
	return String(value).trim();
}
