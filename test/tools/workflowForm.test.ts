import { canonicalText, cleaned } from '../../tools/workflowsCheck/canonicalForm';
import { describeFinding } from '../../tools/workflowsCheck/finding';
import { readWorkflow } from '../../tools/workflowsCheck/shippedWorkflow';
import { errorHandler, FLOW, flow, HANDLER, problemsAfter, problemsOf, SUB, uuid } from './soundWorkflows';

test('sound workflows have no findings', () => {
	expect(problemsAfter({}, FLOW)).toEqual([]);
	expect(problemsAfter({}, SUB)).toEqual([]);
	expect(problemsAfter({}, HANDLER)).toEqual([]);
});

test('a finding reads as a sentence that names file, node and way out', () => {
	expect(describeFinding({ file: 'a.json', node: 'Б', problem: 'It is off', remedy: 'Move it' })).toBe(
		'a.json, node «Б»: It is off. Move it.',
	);
	expect(describeFinding({ file: 'a.json', problem: 'It is off', remedy: 'Move it' })).toBe(
		'a.json: It is off. Move it.',
	);
});

describe('the text', () => {
	const handler = () => canonicalText(errorHandler());
	const problems = (text: string) => {
		const workflow = readWorkflow(HANDLER, text);
		return problemsOf(workflow, [workflow]);
	};

	test.each([
		['has tabs', (text: string) => text.replaceAll('  ', '\t'), 2],
		['lacks the newline at the end', (text: string) => text.trimEnd(), handler().split('\n').length],
		['has CRLF', (text: string) => text.replaceAll('\n', '\r\n'), 1],
	])('%s', (_what, change, line) => {
		expect(problems(change(handler()))).toEqual([`The text is not in the canonical form, first in line ${line}`]);
	});

	test('has keys in another order, at the top, in nodes, settings and connections', () => {
		const reversed = (value: object) => Object.fromEntries(Object.entries(value).reverse());
		const sound = errorHandler();
		const { nodes, settings, ...rest } = sound;
		const shuffles = [
			reversed(sound),
			{ ...sound, nodes: nodes.map(reversed) },
			{ ...rest, nodes, settings: reversed(settings!) },
		];
		for (const json of shuffles) {
			const text = `${JSON.stringify(json, null, 2)}\n`;
			expect(problems(text)).toEqual([expect.stringContaining('not in the canonical form')]);
			expect(canonicalText(JSON.parse(text))).toBe(canonicalText(sound));
		}
		const json = flow();
		const connections = Object.fromEntries(Object.entries(json.connections).reverse());
		expect(canonicalText({ ...json, connections })).toBe(canonicalText(json));
		expect(JSON.stringify(connections)).not.toBe(JSON.stringify(json.connections));
	});
});

test('what belongs to another n8n is found, and taken out by --write', () => {
	const spoilt = (json: ReturnType<typeof flow>) => {
		Object.assign(json, { versionId: 'x', createdAt: 'x', staticData: {}, active: true });
		json.meta = { ...json.meta, instanceId: 'x' };
		json.tags = [{ name: 'Shop', id: 'x' }];
		json.settings = { ...json.settings, engineType: 'v2' };
		Object.assign(json.nodes[2], { issues: {} });
	};
	const named = ['versionId', 'createdAt', 'staticData', 'active'];
	expect(problemsAfter({ [FLOW]: spoilt })).toEqual([
		...named.map((field) => `The field "${field}" does not belong into a shipped workflow`),
		'Вошла: The field "issues" does not belong into a shipped workflow',
		...['settings.engineType', 'tags[0].id', 'meta.instanceId'].map(
			(field) => `The field "${field}" does not belong into a shipped workflow`,
		),
	]);
	const [json, sound] = [flow(), flow()];
	sound.nodes.forEach((node, index) => (node.id = json.nodes[index].id));
	spoilt(json);
	json.nodes[2].position = [4, 107];
	expect(canonicalText(cleaned(json))).toBe(canonicalText(sound));
});

test('an address of the n8n that exported the workflow is found', () => {
	const problems = problemsAfter({
		[FLOW]: (_json, find) =>
			Object.assign(find('Сообщить').parameters.workflowId!, { cachedResultUrl: '/workflow/tell' }),
	});
	expect(problems).toEqual([
		'Сообщить: The parameter "workflowId.cachedResultUrl" holds an address of the n8n or portal that it was exported from',
	]);
});

describe('structure', () => {
	test('a node twice, an id twice and a loose connection are what the import would refuse', () => {
		const problems = problemsAfter({
			[FLOW]: (_json, find) => {
				find('Задача').id = find('Вошла').id;
				find('Сообщить').name = 'Обзор';
			},
		});
		expect(problems).toEqual([
			expect.stringContaining('share the node ID'),
			expect.stringContaining('Duplicate node name "Обзор"'),
			expect.stringContaining('Connection target "Сообщить" does not reference an existing node'),
		]);
	});

	test('a file without nodes does not hide behind an exception', () => {
		const workflow = readWorkflow(FLOW, '{ "id": "x" }');
		expect(problemsOf(workflow, [])).toEqual([
			expect.stringContaining('n8n would refuse the import at nodes'),
			expect.stringContaining('n8n would refuse the import at connections'),
		]);
	});
});

describe('names and ids', () => {
	test.each([
		['заказы', '"заказы" is no id for a workflow'],
		['a'.repeat(37), `"${'a'.repeat(37)}" is no id for a workflow`],
	])('the id %s', (id, problem) => {
		expect(problemsAfter({ [FLOW]: (json) => (json.id = id) })).toEqual([problem]);
	});

	test('a name that is too long', () => {
		expect(problemsAfter({ [FLOW]: (json) => (json.name = 'я'.repeat(129)) })).toEqual(['The name has 129 characters']);
	});

	test('id and name of another workflow', () => {
		const problems = problemsAfter({ [FLOW]: (json) => Object.assign(json, { id: 'handler', name: 'Сбои' }) });
		expect(problems).toEqual([
			`The id "handler" is also that of ${HANDLER}`,
			`The name "Сбои" is also that of ${HANDLER}`,
		]);
	});

	test('a node without a UUID or with an English name', () => {
		const problems = problemsAfter({
			[HANDLER]: (json, find) => {
				find('Сбой').id = '1';
				json.connections.Сбой.main[0]![0].node = 'No Operation';
				find('Готово').name = 'No Operation';
			},
		});
		expect(problems).toEqual([
			'Сбой: The node\'s id "1" is no UUID',
			'No Operation: The name of the node is not Russian',
		]);
	});

	test('the name of the file', () => {
		const workflow = readWorkflow('workflows/core/Сбои.json', canonicalText(errorHandler()));
		expect(problemsOf(workflow, [workflow])).toEqual(['The name of the file does not follow the others']);
	});
});

describe('settings', () => {
	test('time zone and error workflow are missing', () => {
		const problems = problemsAfter({
			[FLOW]: ({ settings }) => {
				delete settings!.timezone;
				delete settings!.errorWorkflow;
			},
		});
		expect(problems).toEqual(['No time zone is set', 'No error workflow is set']);
	});

	test('they are wrong', () => {
		const problems = problemsAfter({
			[FLOW]: ({ settings }) => {
				const wrong = { timezone: 'Mars/Base', errorWorkflow: 'tell', executionOrder: 'v0' };
				Object.assign(settings!, wrong, { saveExecutionProgress: true });
			},
		});
		expect(problems).toEqual([
			'The setting "executionOrder" is "v0"',
			'The setting "saveExecutionProgress" is true',
			'"Mars/Base" is no time zone',
			'The error workflow "tell" is not among the shipped ones with an Error Trigger',
		]);
	});

	test('the error workflow does not name itself', () => {
		const problems = problemsAfter({ [HANDLER]: ({ settings }) => (settings!.errorWorkflow = 'handler') });
		expect(problems).toEqual(['The error workflow names an error workflow']);
	});
});

test('a trigger with a webhook keeps its address', () => {
	const problems = problemsAfter({
		[HANDLER]: (json) => {
			json.nodes.push({
				...{ id: uuid(800), name: 'Заказ с сайта', type: 'n8n-nodes-base.webhook', typeVersion: 2 },
				...{ position: [0, 400] as [number, number], parameters: { path: 'order', options: {} } },
			});
		},
	});
	expect(problems).toEqual([
		'Заказ с сайта: The trigger has no webhookId, so its address would change with each import',
	]);
});
