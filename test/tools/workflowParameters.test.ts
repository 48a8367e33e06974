import { FLOW, node, problemsAfter, SUB, wire } from './soundWorkflows';

/** The sub-workflow with another last node. */
function problemsWith(type: string, typeVersion: number, parameters: object, rest: object = {}): string[] {
	return problemsAfter({
		[SUB]: (json) => {
			json.nodes[2] = node('Готово', type, typeVersion, [300, 100], { parameters, ...rest });
		},
	});
}

describe('node types', () => {
	test.each([
		['a Code node', 'code', 2, 'Code nodes are not allowed in shipped workflows'],
		['an unknown node', 'nonsense', 1, 'The node type "n8n-nodes-base.nonsense" is not known'],
		['an unknown version', 'noOp', 7, '"n8n-nodes-base.noOp" has no version 7'],
		['an unknown version of a node with files for each', 'if', 1.5, '"n8n-nodes-base.if" has no version 1.5'],
	])('%s', (_what, type, version, problem) => {
		expect(problemsWith(type, version, {})).toEqual([`Готово: ${problem}`]);
	});

	test('the prefix of a development folder', () => {
		const problems = problemsAfter({ [FLOW]: (_json, find) => (find('Задача').type = 'CUSTOM.bitrix24') });
		expect(problems).toEqual(['Задача: The node type "CUSTOM.bitrix24" is not known']);
	});
});

describe('names of parameters', () => {
	test('unknown at the top', () => {
		expect(problemsWith('noOp', 1, { colour: 'red' })).toEqual(['Готово: There is no parameter "colour"']);
	});

	test('of another operation', () => {
		const problems = problemsAfter({ [FLOW]: (_json, find) => (find('Задача').parameters.method = 'profile') });
		expect(problems).toEqual(['Задача: The parameter "method" is not shown for the values of the other parameters']);
	});

	test('inside a collection, a fixed collection and its group', () => {
		const problems = problemsAfter({
			[FLOW]: (_json, find) => {
				find('Задача').parameters.options = { highPriority: true, urgent: true };
				const { stages } = find('Вошла').parameters as { stages: { row: object[] } };
				Object.assign(stages.row[1], { colour: 'red' });
				Object.assign(stages, { rows: [] });
			},
		});
		expect(problems).toEqual([
			'Вошла: There is no parameter "stages.row[1].colour"',
			'Вошла: There is no parameter "stages.rows"',
			'Задача: There is no parameter "options.urgent"',
		]);
	});

	test('inside a group, hidden by a value beside it', () => {
		const rule = { conditions: {}, renameOutput: false, outputKey: 'Да' };
		const problems = problemsWith('switch', 3.2, { rules: { values: [rule] } });
		expect(problems).toContain(
			'Готово: The parameter "rules.values[0].outputKey" is not shown for the values of the other parameters',
		);
	});

	test('inside a resource locator', () => {
		const problems = problemsAfter({
			[FLOW]: (_json, find) => {
				const { parameters } = find('Вошла');
				parameters.pipeline = { __rl: true, mode: 'code', value: 'Общее', cached: 'x' };
				parameters.stages = { row: [{ stage: 'NEW' }, { stage: '={{ "WON" }}' }] };
			},
		});
		expect(problems).toEqual([
			'Вошла: There is no "cached" in the parameter "pipeline"',
			'Вошла: The parameter "pipeline" has no mode "code"',
			'Вошла: The parameter "stages.row[0].stage" is no resource locator',
		]);
	});

	test('inside a resource mapper, a filter and an assignment', () => {
		const problems = problemsAfter({
			[FLOW]: (json, find) => {
				Object.assign(find('Сообщить').parameters.workflowInputs!, { mode: 'x' });
				const { conditions } = find('Оплачен?').parameters as {
					conditions: { conditions: object[]; combinator: string };
				};
				Object.assign(conditions.conditions[0], { value: 1, operator: { type: 'string', operation: 'is' } });
				conditions.combinator = 'xor';
				const assignments = [{ id: 'a', name: 'да', value: 1, kind: 'x', type: 'text' }];
				json.nodes.push(
					node('Поля', 'set', 3.4, [1280, 100], { parameters: { assignments: { assignments }, options: {} } }),
				);
				json.connections.Сообщить = { main: [[wire('Поля')]] };
			},
		});
		expect(problems).toEqual([
			'Оплачен?: The parameter "conditions" combines its conditions by "xor"',
			'Оплачен?: There is no "value" in the parameter "conditions.conditions[0]"',
			'Оплачен?: n8n knows no comparison "string:is" (conditions.conditions[0])',
			'Сообщить: There is no "mode" in the parameter "workflowInputs"',
			'Поля: There is no "kind" in the parameter "assignments.assignments[0]"',
			'Поля: "assignments.assignments[0]" has no type "text"',
		]);
	});
});

describe('values of parameters', () => {
	test('an option that does not exist', () => {
		const problems = problemsAfter({ [FLOW]: (_json, find) => (find('Задача').parameters.recipient = 'boss') });
		expect(problems).toEqual(['Задача: The parameter "recipient" has no option "boss"']);
	});

	test('a number as text is not the option', () => {
		const problems = problemsAfter({ [FLOW]: (_json, find) => (find('Вошла').parameters.entityTypeId = '2') });
		expect(problems).toEqual(['Вошла: The parameter "entityTypeId" has no option "2"']);
	});

	test('of the wrong kind', () => {
		const problems = problemsAfter({
			[FLOW]: (_json, find) => {
				Object.assign(find('Задача').parameters, { bindToItem: 'yes', options: [] });
				find('Вошла').parameters.stages = { row: { stage: {} } };
			},
		});
		expect(problems).toContain('Задача: The parameter "bindToItem" has a value of the wrong kind');
		expect(problems).toContain('Вошла: The parameter "stages.row" has a value of the wrong kind');
	});

	test('an expression where the editor allows none, and one where it does', () => {
		const problems = problemsAfter({
			[FLOW]: (_json, find) => {
				find('Вошла').parameters.entityTypeId = '={{ 2 }}';
				find('Задача').parameters.bindToItem = '={{ true }}';
			},
		});
		expect(problems).toEqual(['Вошла: The parameter "entityTypeId" may not be an expression']);
	});
});

describe('required parameters', () => {
	test('one that is missing', () => {
		const problems = problemsAfter({ [FLOW]: (_json, find) => delete find('Задача').parameters.title });
		expect(problems).toEqual(['Задача: n8n shows a warning for the parameter "title": Parameter "Title" is required']);
	});

	test('one that becomes required by another', () => {
		const problems = problemsAfter({ [FLOW]: (_json, find) => (find('Задача').parameters.recipient = 'role') });
		expect(problems).toEqual(['Задача: n8n shows a warning for the parameter "role": Parameter "Role" is required']);
	});
});

describe('credentials', () => {
	test('none', () => {
		const problems = problemsAfter({ [FLOW]: (_json, find) => delete find('Задача').credentials });
		expect(problems).toEqual(['Задача: The node has no credential of type bitrix24WebhookApi']);
	});

	test('of the person who built the workflow', () => {
		const problems = problemsAfter({
			[FLOW]: (_json, find) => (find('Задача').credentials = { bitrix24WebhookApi: { id: 'x1', name: 'Мой портал' } }),
		});
		expect(problems).toEqual(['Задача: The credential "Мой портал" (x1) is not that of the demo']);
	});

	test('of a type that does not exist, that the node does not use, that the demo does not have', () => {
		const named = { id: 'x', name: 'x' };
		const problems = problemsAfter({
			[FLOW]: (_json, find) =>
				Object.assign(find('Задача').credentials!, { nonsenseApi: named, bitrix24OAuth2Api: named }),
		});
		expect(problems).toEqual([
			'Задача: There is no credential type "nonsenseApi"',
			'Задача: The node does not use its credential of type bitrix24OAuth2Api',
		]);
		const parameters = { url: 'https://example.com', authentication: 'predefinedCredentialType' };
		expect(
			problemsWith(
				'httpRequest',
				4.2,
				{ ...parameters, nodeCredentialType: 'slackApi', options: {} },
				{ credentials: { slackApi: named } },
			),
		).toEqual(['Готово: The demo has no credential of type slackApi']);
	});
});
