import { canonicalText } from '../canonicalForm';
import type { Check } from '../checkContext';

/** Order of the keys, indentation and the newline at the end. */
export const canonical: Check = ({ file, text, json }) => {
	const wanted = canonicalText(json).split('\n');
	const actual = text.split('\n');
	const line = wanted.findIndex((content, index) => content !== actual[index]);
	if (line < 0 && wanted.length === actual.length) return [];
	return [
		{
			file,
			problem: `The text is not in the canonical form, first in line ${(line < 0 ? wanted.length : line) + 1}`,
			remedy: 'Run "npm run workflows:check -- --write"',
		},
	];
};
