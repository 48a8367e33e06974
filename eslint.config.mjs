import js from '@eslint/js';
import n8nCommunity from '@n8n/eslint-plugin-community-nodes';
import n8nBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const parse = { parser: tseslint.parser, ecmaVersion: 'latest', sourceType: 'module' };

// Both n8n plugins apply in full to what is shipped. Only where the two contradict each other (the older one asks for what the
// newer one forbids, or is meant for nodes inside n8n itself) the older rule gives way, as in n8n's own configuration for packs.
const outdatedForCredentials = {
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
};
const outdatedForNodes = {
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
};

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', 'artifacts/**'] },
	{ files: ['**/*.ts'], extends: [js.configs.recommended, ...tseslint.configs.recommended] },
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
		extends: [n8nCommunity.configs.recommended],
	},
	{
		files: ['package.json'],
		languageOptions: { ...parse, parserOptions: { extraFileExtensions: ['.json'] } },
		plugins: { 'n8n-nodes-base': n8nBase },
		rules: n8nBase.configs.community.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nBase },
		rules: { ...n8nBase.configs.credentials.rules, ...outdatedForCredentials },
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nBase },
		rules: { ...n8nBase.configs.nodes.rules, ...outdatedForNodes },
	},
	{
		files: ['**/*.mjs'],
		extends: [js.configs.recommended],
		languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
	},
	{
		files: ['*.js', 'test/**/*.js'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: { require: 'readonly', module: 'writable', process: 'readonly' },
		},
	},
);
