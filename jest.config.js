const swc = [
	'@swc/jest',
	{
		jsc: {
			parser: { syntax: 'typescript', decorators: true },
			target: 'es2022',
		},
		module: { type: 'commonjs' },
	},
];

// Some of n8n's base nodes pull in packages that exist as ES modules only; jest has to compile those.
const esModulesOfBaseNodes =
	'/node_modules/(?!(.*/)?(htmlparser2|domhandler|domutils|dom-serializer|domelementtype|entities)/)';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	setupFiles: ['<rootDir>/test/harness/environment.js'],
	transform: { '^.+\\.ts$': swc, '/node_modules/.+\\.js$': swc },
	transformIgnorePatterns: [esModulesOfBaseNodes],
	maxWorkers: 2,
	workerIdleMemoryLimit: '1GB',
	testTimeout: 60_000,
};
