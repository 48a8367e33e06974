const MASK = '***';

/** Masks webhook codes and tokens in a text that a person or a log will see. */
export function redactSecrets(text: string): string {
	return text
		.replace(/(\/rest(?:\/api)?\/\d+\/)[^/\s"'?&]+/g, `$1${MASK}`)
		.replace(
			/((?:access_token|refresh_token|application_token|client_secret|auth|AUTH_ID|REFRESH_ID)["']?\s*[=:]\s*["']?)[\w.~+-]{8,}/g,
			`$1${MASK}`,
		)
		.replace(/(Bearer\s+)[\w.~+-]{8,}/gi, `$1${MASK}`);
}
