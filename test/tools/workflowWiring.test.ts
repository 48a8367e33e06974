import type { WorkflowJson } from '../../tools/workflowsCheck/shippedWorkflow';
import { FLOW, HANDLER, node, problemsAfter, SUB, wire } from './soundWorkflows';

describe('sub-workflows', () => {
	const call = (change: (parameters: Record<string, Record<string, unknown>>) => void) =>
		problemsAfter({ [FLOW]: (_json, find) => change(find('Сообщить').parameters as never) });

	test('one that is not shipped', () => {
		expect(call(({ workflowId }) => (workflowId.value = 'gone'))).toEqual([
			'Сообщить: The sub-workflow "gone" is not among the shipped workflows',
		]);
	});

	test('shown under an old name', () => {
		expect(call(({ workflowId }) => (workflowId.cachedResultName = 'Старое'))).toEqual([
			'Сообщить: The sub-workflow is shown as "Старое", but is called "Сообщить клиенту"',
		]);
	});

	test('one that cannot be called', () => {
		const handler = { value: 'handler', cachedResultName: 'Сбои' };
		expect(call(({ workflowId }) => Object.assign(workflowId, handler))).toEqual([
			`Сообщить: ${HANDLER} does not begin with "When Executed by Another Workflow"`,
		]);
	});

	test('with inputs that do not fit', () => {
		const problems = call(({ workflowInputs }) => {
			workflowInputs.value = { text: 'Спасибо', stepName: 'x' };
			workflowInputs.schema = [{ id: 'text' }, { id: 'stepName' }];
		});
		expect(problems).toEqual([
			'Сообщить: The sub-workflow\'s input "step" gets no value',
			'Сообщить: The sub-workflow has no input "stepName"',
			'Сообщить: The list of the inputs differs from what the sub-workflow defines',
		]);
	});

	test('that takes whatever comes', () => {
		const problems = problemsAfter({
			[SUB]: (_json, find) => (find('Кому').parameters = { inputSource: 'passthrough' }),
		});
		expect(problems).toEqual(['Кому: The sub-workflow does not define its inputs']);
	});
});

describe('connections', () => {
	test('from an output of the Poll Trigger that no row makes', () => {
		const problems = problemsAfter({
			[FLOW]: (json) => json.connections.Вошла.main.push([wire('Сообщить')]),
		});
		expect(problems).toEqual(['Вошла: The connection to «Сообщить» leaves output 3, which the node does not have']);
	});

	test('from a row that is switched off still counts, from a removed one not', () => {
		const rows = (json: WorkflowJson) => (json.nodes[2].parameters.stages as { row: Array<{ active: boolean }> }).row;
		expect(problemsAfter({ [FLOW]: (json) => (rows(json)[1].active = false) })).toEqual([]);
		expect(problemsAfter({ [FLOW]: (json) => rows(json).pop() })).toEqual([
			'Вошла: The connection to «Оплачен?» leaves output 2, which the node does not have',
		]);
	});

	test('from the third output of an If, into a trigger', () => {
		const problems = problemsAfter({
			[FLOW]: (json) => {
				json.connections['Оплачен?'].main.push(null, [wire('Сообщить')]);
				json.connections.Сообщить = { main: [[wire('Вошла')]] };
			},
		});
		expect(problems).toEqual([
			'Оплачен?: The connection to «Сообщить» leaves output 3, which the node does not have',
			'Вошла: The connection from «Сообщить» enters input 1, which the node does not have',
		]);
	});

	test('from an error output exists only if the node has one', () => {
		const toTask = (json: WorkflowJson) => json.connections.Задача.main.push([wire('Сообщить')]);
		expect(problemsAfter({ [FLOW]: toTask })).toEqual([
			'Задача: The connection to «Сообщить» leaves output 2, which the node does not have',
		]);
		const problems = problemsAfter({
			[FLOW]: (json, find) => {
				find('Задача').onError = 'continueErrorOutput';
				toTask(json);
			},
		});
		expect(problems).toEqual([]);
	});

	test('to no node at all', () => {
		const problems = problemsAfter({ [FLOW]: (json) => delete json.connections['Оплачен?'] });
		expect(problems).toEqual(['Сообщить: No connection leads to the node']);
	});
});

describe('expressions', () => {
	const title = (text: string) => problemsAfter({ [FLOW]: (_json, find) => (find('Задача').parameters.title = text) });

	test.each([
		['={{ $json. }}', 'cannot be parsed'],
		['={{ $json.id ', 'cannot be parsed: "{{" is not closed by "}}"'],
		['={{ const a = 1 }}', 'cannot be parsed'],
		['=Заказ $json.id', 'has a variable outside of {{ }}'],
		['={{ $($json.name).item.json.id }}', 'computes the name of a node'],
	])('%s', (text, problem) => {
		expect(title(text)).toEqual([expect.stringMatching(/^Задача: The expression in the parameter "title" /)]);
		expect(title(text)[0]).toContain(problem);
	});

	test('fixed text that was meant as an expression', () => {
		expect(title('Заказ {{ $json.id }}')).toEqual([
			'Задача: The parameter "title" reads like an expression, but is fixed text',
		]);
	});

	test.each(["$('Нет')", '$("Нет")', '$(`Нет`)', "$node['Нет']", "$items('Нет')"])('%s names no node', (reference) => {
		expect(title(`={{ [1].map(() => ${reference}.first) }}`)).toEqual([
			'Задача: The expression in the parameter "title" refers to the node «Нет», which does not exist',
		]);
	});

	test('a node that runs later', () => {
		expect(title("={{ $('Оплачен?').item.json.id }}")).toEqual([
			'Задача: The expression in the parameter "title" refers to the node «Оплачен?», which does not run before',
		]);
	});

	test.each([
		"={{ $('Вошла').item.json.id }} и {{ $now.plus({ hours: 1 }).toISO() }}",
		'={{ { "a": $json.id ?? "x", "b": [...$json.list] } }}',
		'=Просто текст',
		'Цена {{ скидка }}',
		'={{ "Нужен $json" }}',
	])('%s is sound', (text) => expect(title(text)).toEqual([]));
});

test('a loose node of a sub-workflow is found by its name', () => {
	const problems = problemsAfter({
		[SUB]: (json) => json.nodes.push(node('Лишний', 'noOp', 1, [600, 100])),
	});
	expect(problems).toEqual(['Лишний: No connection leads to the node']);
});
