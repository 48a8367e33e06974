/**
 * Checks the address of a portal. Bitrix24 answers over HTTPS only, so plain HTTP is accepted for this machine alone (a local emulator).
 * `what` names the field in the message. Throws an Error with a sentence; the address itself is not repeated, it may hold a secret.
 */
export function assertPortalAddress(text: string, what: string): URL {
	const address = text.trim();
	if (address === '') throw new Error(`The ${what} is empty. Enter it in the credential.`);
	if (!URL.canParse(address)) {
		throw new Error(
			`The ${what} is not a web address. It starts with https://, for example https://portal.bitrix24.ru`,
		);
	}
	const url = new URL(address);
	const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
		throw new Error(
			`The ${what} must start with https://. Plain http:// would send the secret readable through the network and is allowed for this machine (localhost) only.`,
		);
	}
	return url;
}
