const { transform } = require('./jest.config.js');

// One file after the other, with nothing of n8n in this process: n8n runs by itself.
/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
	transform: { '^.+\\.ts$': transform['^.+\\.ts$'] },
	maxWorkers: 1,
	// The first run installs n8n.
	testTimeout: 1_800_000,
};
