/** Where an n8n keeps its things and listens. */
export interface N8nPlace {
	/** Folder in which n8n keeps its folder `.n8n`. */
	userFolder: string;
	port: number;
	/** Port of its task broker. */
	brokerPort: number;
	/** IANA name. */
	timeZone: string;
}

// What n8n would fetch, send or offer from outside, which neither a demo nor a test wants.
const OFF = [
	'N8N_DIAGNOSTICS_ENABLED',
	'N8N_DYNAMIC_BANNERS_ENABLED',
	'N8N_HIRING_BANNER_ENABLED',
	'N8N_LICENSE_AUTO_RENEW_ENABLED',
	'N8N_PERSONALIZATION_ENABLED',
	'N8N_SECURE_COOKIE',
	'N8N_TEMPLATES_ENABLED',
	'N8N_VERIFIED_PACKAGES_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED',
];

const UNUSED_MODULES = [
	...['mcp-registry', 'instance-ai', 'agents', 'chat-hub', 'insights', 'mcp', 'workflow-builder', 'quick-connect'],
	...['breaking-changes', 'instance-registry', 'otel'],
];

// Settings of another n8n of this user must not reach ours.
const FOREIGN = /^(n8n_|db_|executions_|queue_|generic_|webhook_|credentials_|npm_|node_options$|jest_)/i;

/** Environment for a quiet n8n of one process with SQLite that calls nobody but the portal. */
export function n8nEnvironment(place: N8nPlace, outside: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	return {
		...Object.fromEntries(Object.entries(outside).filter(([name]) => !FOREIGN.test(name))),
		NODE_ENV: 'production',
		N8N_USER_FOLDER: place.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(place.port),
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		N8N_WEBHOOK_URL: `http://127.0.0.1:${place.port}/`,
		GENERIC_TIMEZONE: place.timeZone,
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: UNUSED_MODULES.join(','),
		...Object.fromEntries(OFF.map((name) => [name, 'false'])),
	};
}
