import type { Check } from '../checkContext';
import { stickyNotes } from '../shippedWorkflow';

const YELLOW = 1;
const RUSSIAN_HEADING = /^##? .*[а-яё]/i;

/** One yellow note tells in Russian what the workflow does and what to do before it runs. */
export const overviewNote: Check = (workflow) => {
	const overviews = stickyNotes(workflow).filter(({ parameters }) => (parameters.color ?? YELLOW) === YELLOW);
	if (overviews.length !== 1) {
		const problem = `The workflow has ${overviews.length} yellow notes`;
		return [{ file: workflow.file, problem, remedy: 'Give it exactly one, the overview; colour the others' }];
	}
	const [{ name, parameters }] = overviews;
	if (RUSSIAN_HEADING.test(String(parameters.content ?? ''))) return [];
	const remedy = 'Begin it with "## " and a Russian title';
	return [{ file: workflow.file, node: name, problem: 'The overview has no Russian heading', remedy }];
};
