// What n8n-core reads while it is being loaded. Runs before every test file.
const { mkdirSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.TZ = 'UTC';
process.env.N8N_USER_FOLDER ??= join(tmpdir(), `n8n-test-${process.env.JEST_WORKER_ID ?? 0}`);
mkdirSync(process.env.N8N_USER_FOLDER, { recursive: true });
process.env.N8N_ENCRYPTION_KEY ??= 'test-key-of-exactly-32-characters';
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';

require('reflect-metadata');

// The nodes' only way to sleep. While a harness runs it is virtual, otherwise it is the real one.
jest.mock('../../nodes/shared/transport/pause', () => {
	const { sleep } = require('n8n-workflow');
	return {
		pause: async (ms) => await (globalThis[Symbol.for('scenario-harness.pause')] ?? sleep)(ms),
	};
});
