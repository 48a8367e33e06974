import type { WorkflowJson } from '../../tools/workflowsCheck/shippedWorkflow';
import { FLOW, flow, HANDLER, problemsAfter, problemsOf, SCENARIOS, shippedAs, SUB } from './soundWorkflows';

describe('step names', () => {
	test('of two steps, also when one is handed to a sub-workflow', () => {
		const problems = problemsAfter({
			[FLOW]: (_json, find) => (find('Задача').parameters.step = 'sh-tell'),
		});
		expect(problems).toEqual([`Сообщить: The step name "sh-tell" is also that of «Задача» in ${FLOW}`]);
	});

	test('of two workflows of the vertical', () => {
		const [first, second] = [flow(), { ...flow(), id: 'second', name: 'Вторая' }];
		const twice = shippedAs('workflows/shop/20-second.json', second);
		const problems = problemsOf(twice, [shippedAs(FLOW, first), twice]);
		expect(problems).toContain(`Задача: The step name "sh-task" is also that of «Задача» in ${FLOW}`);
	});

	test.each(['florist', 'fl-task', 'sh_task', 'sh-Task', 'sh-'])('%s does not fit', (step) => {
		expect(problemsAfter({ [FLOW]: (_json, find) => (find('Задача').parameters.step = step) })).toEqual([
			`Задача: "${step}" is no step name of this vertical`,
		]);
	});

	test('that a trigger watches, but no node has', () => {
		const row = ['sh-task', 'sh-gone'].map((step) => ({ step, label: 'Готово', active: true }));
		const problems = problemsAfter({
			[FLOW]: (_json, find) => (find('Вошла').parameters = { watch: 'taskCompleted', steps: { row } }),
		});
		expect(problems).toEqual(['Вошла: The trigger watches the step "sh-gone", which no node of the vertical has']);
	});

	test('of a vertical that is not listed', () => {
		expect(SCENARIOS.verticals.map(({ folder }) => folder)).not.toContain('bakery');
		const workflow = shippedAs('workflows/bakery/10-orders.json', flow());
		const others = [SUB, HANDLER].map((file) => ({ ...workflow, file }));
		expect(problemsOf(workflow, [workflow, ...others])).toContain(
			'The vertical "bakery" is not in docs/scenarios.json',
		);
	});
});

test('a workflow names only scenarios that are listed for it', () => {
	const describedBy = (text: string) => ({ [FLOW]: (json: WorkflowJson) => (json.description = text) });
	expect(problemsAfter(describedBy('Задачи (SH-01)'))).toEqual([]);
	expect(problemsAfter(describedBy('Задачи (SH-01, SH-02)'))).toEqual([
		'The workflow names SH-02, which docs/scenarios.json does not know',
	]);
	expect(problemsAfter({ [SUB]: (_json, find) => (find('Обзор').parameters.content = '## Обзор SH-01') })).toEqual([
		'The workflow names SH-01, but docs/scenarios.json does not list it there',
	]);
});
