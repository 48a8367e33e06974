/** An error that REST answers as `{error, error_description}` with an HTTP status. `code` may be empty or a number, as the documentation has it. */
export class RestError extends Error {
	constructor(
		readonly code: string | number,
		readonly description: string,
		readonly status = 400,
		readonly extra: Record<string, unknown> = {},
	) {
		super(`${code}: ${description}`);
		this.name = 'RestError';
	}

	body(): Record<string, unknown> {
		return { error: this.code, error_description: this.description, ...this.extra };
	}
}
