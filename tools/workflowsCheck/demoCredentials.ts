/** Credential type → the credential that the demo and the tests create, and that the import tool replaces by the user's own. */
export type DemoCredentials = Record<string, { id: string; name: string }>;

export const DEMO_CREDENTIALS: DemoCredentials = {
	bitrix24WebhookApi: { id: 'b24Portal001', name: 'Bitrix24' },
};
