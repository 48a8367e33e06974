import { resolve } from 'node:path';

import type { INode } from 'n8n-workflow';

import { canonicalText } from '../../tools/workflowsCheck/canonicalForm';
import type { CheckContext } from '../../tools/workflowsCheck/checkContext';
import { checkWorkflow } from '../../tools/workflowsCheck/checkWorkflow';
import { DEMO_CREDENTIALS } from '../../tools/workflowsCheck/demoCredentials';
import { NodeCatalog } from '../../tools/workflowsCheck/nodeCatalog';
import type { ScenarioList } from '../../tools/workflowsCheck/scenarios/scenarioList';
import { readWorkflow, type ShippedWorkflow, type WorkflowJson } from '../../tools/workflowsCheck/shippedWorkflow';

export const FLOW = 'workflows/shop/10-orders.json';
export const SUB = 'workflows/core/tell.json';
export const HANDLER = 'workflows/core/error-handler.json';
const OWN = 'n8n-nodes-bitrix24-automation';

export const SCENARIOS: ScenarioList = {
	verticals: [{ folder: 'shop', name: 'Shop', prefix: 'SH' }],
	scenarios: [
		{ id: 'SH-01', vertical: 'shop', when: 'an order', then: 'a task', workflows: [{ file: FLOW, nodes: ['Задача'] }] },
	],
};

let catalog: NodeCatalog | undefined;

/** Loading the nodes takes seconds, so a test file does it once. */
export function nodeCatalog(): NodeCatalog {
	return (catalog ??= new NodeCatalog(resolve(__dirname, '../..')));
}

export function uuid(number: number): string {
	return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

let ids = 0;
export function node(
	name: string,
	type: string,
	typeVersion: number,
	position: [number, number],
	rest: object = {},
): INode {
	ids += 1;
	const prefixed = type.startsWith('bitrix24') ? `${OWN}.${type}` : `n8n-nodes-base.${type}`;
	return { id: uuid(ids), name, type: prefixed, typeVersion, position, parameters: {}, ...structuredClone(rest) };
}

export function wire(to: string): { node: string; type: 'main'; index: number } {
	return { node: to, type: 'main', index: 0 };
}

function workflow(id: string, name: string, rest: Pick<WorkflowJson, 'nodes' | 'connections'>): WorkflowJson {
	return {
		id,
		name,
		description: 'Проверка',
		...rest,
		settings: {
			executionOrder: 'v1',
			timezone: 'Europe/Moscow',
			...(id === 'handler' ? {} : { errorWorkflow: 'handler' }),
			callerPolicy: 'workflowsFromSameOwner',
			saveExecutionProgress: false,
		},
		pinData: {},
		tags: [{ name: 'Shop' }],
		meta: { templateCredsSetupCompleted: false },
	};
}

const overview = () =>
	node('Обзор', 'stickyNote', 1, [-60, -300], {
		parameters: { content: '## Обзор\nЧто делает поток', width: 400, height: 200, color: 1 },
	});

const credentials = { bitrix24WebhookApi: { ...DEMO_CREDENTIALS.bitrix24WebhookApi } };

const stage = (value: string, label: string) => ({ stage: { __rl: true, mode: 'code', value }, label, active: true });

/** A trigger with two outputs, a task inside a note, a question, and a call of the sub-workflow. */
export function flow(): WorkflowJson {
	return workflow('orders', 'Заказы', {
		nodes: [
			overview(),
			node('Ряд', 'stickyNote', 1, [220, 20], {
				parameters: { content: '### Ряд', width: 300, height: 280, color: 5 },
			}),
			node('Вошла', 'bitrix24PollTrigger', 1, [0, 100], {
				parameters: {
					watch: 'stageEntered',
					entityTypeId: 2,
					pipeline: { __rl: true, mode: 'name', value: 'Общее' },
					stages: { row: [stage('NEW', 'Новая'), stage('WON', 'Выполнена')] },
				},
				credentials,
			}),
			node('Задача', 'bitrix24', 1, [320, 100], {
				parameters: { resource: 'task', operation: 'create', title: '=Заказ {{ $json.id }}', step: 'sh-task' },
				credentials,
			}),
			node('Оплачен?', 'if', 2.2, [640, 100], {
				parameters: {
					conditions: {
						options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
						conditions: [
							{
								id: uuid(900),
								leftValue: "={{ $('Вошла').item.json.paid }}",
								rightValue: 'да',
								operator: { type: 'string', operation: 'equals' },
							},
						],
						combinator: 'and',
					},
					options: {},
				},
			}),
			node('Сообщить', 'executeWorkflow', 1.2, [960, 100], {
				parameters: {
					workflowId: { __rl: true, mode: 'list', value: 'tell', cachedResultName: 'Сообщить клиенту' },
					workflowInputs: {
						mappingMode: 'defineBelow',
						value: { text: 'Спасибо', step: 'sh-tell' },
						matchingColumns: [],
						schema: ['text', 'step'].map((id) => ({ id, displayName: id, type: 'string' })),
					},
					options: {},
				},
			}),
		],
		connections: {
			Вошла: { main: [[wire('Задача')], [wire('Оплачен?')]] },
			Задача: { main: [[wire('Оплачен?')]] },
			'Оплачен?': { main: [[wire('Сообщить')]] },
		},
	});
}

export function subWorkflow(): WorkflowJson {
	return workflow('tell', 'Сообщить клиенту', {
		nodes: [
			overview(),
			node('Кому', 'executeWorkflowTrigger', 1.1, [0, 100], {
				parameters: { workflowInputs: { values: [{ name: 'text' }, { name: 'step' }] } },
			}),
			node('Готово', 'noOp', 1, [300, 100]),
		],
		connections: { Кому: { main: [[wire('Готово')]] } },
	});
}

export function errorHandler(): WorkflowJson {
	return workflow('handler', 'Сбои', {
		nodes: [overview(), node('Сбой', 'errorTrigger', 1, [0, 100]), node('Готово', 'noOp', 1, [300, 100])],
		connections: { Сбой: { main: [[wire('Готово')]] } },
	});
}

type Change = (json: WorkflowJson, find: (name: string) => INode) => void;

/** The three sound workflows with changes; a finding is told as "node: problem" or "problem". */
export function problemsAfter(changes: Record<string, Change>, about = Object.keys(changes)[0] ?? FLOW): string[] {
	const made = Object.entries({ [FLOW]: flow(), [SUB]: subWorkflow(), [HANDLER]: errorHandler() });
	const shipped = made.map(([file, json]) => {
		changes[file]?.(json, (name) => json.nodes.find((candidate) => candidate.name === name)!);
		return shippedAs(file, json);
	});
	return problemsOf(
		shipped.find(({ file }) => file === about)!,
		shipped,
	);
}

export function shippedAs(file: string, json: WorkflowJson): ShippedWorkflow {
	return readWorkflow(file, canonicalText(json));
}

export function problemsOf(workflowUnderCheck: ShippedWorkflow, shipped: ShippedWorkflow[]): string[] {
	const context: CheckContext = {
		catalog: nodeCatalog(),
		shipped,
		credentials: DEMO_CREDENTIALS,
		scenarios: SCENARIOS,
	};
	return checkWorkflow(workflowUnderCheck, context).map(({ node: name, problem }) =>
		name === undefined ? problem : `${name}: ${problem}`,
	);
}
