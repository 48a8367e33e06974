import { FLOW, HANDLER, node, problemsAfter, wire } from './soundWorkflows';

const move = (name: string, position: [number, number]) =>
	problemsAfter({ [FLOW]: (_json, find) => (find(name).position = position) });

test('off the grid', () => {
	expect(move('Сообщить', [965, 100])).toEqual(['Сообщить: Position or size is off the grid of 20']);
	const problems = problemsAfter({ [FLOW]: (_json, find) => (find('Обзор').parameters.width = 405) });
	expect(problems).toEqual(['Обзор: Position or size is off the grid of 20']);
});

describe('nodes', () => {
	test.each([
		['on each other', [700, 160]],
		['under the label of another', [740, 220]],
		['with labels on each other', [800, 100]],
	] as Array<[string, [number, number]]>)('%s', (_what, position) => {
		expect(move('Сообщить', position)).toContain('Сообщить: It overlaps «Оплачен?» or its label');
	});

	test.each([
		['labels side by side', [840, 100]],
		['under the label', [760, 260]],
	] as Array<[string, [number, number]]>)('%s do not overlap', (_what, position) => {
		expect(move('Сообщить', position)).toEqual([]);
	});

	test('with many outputs are taller', () => {
		const below = (outputs: number) =>
			problemsAfter({
				[FLOW]: (json, find) => {
					const row = Array.from({ length: outputs }, (_, index) => ({
						...{ stage: { __rl: true, mode: 'code', value: `S${index}` }, label: `Стадия ${index}`, active: true },
					}));
					find('Вошла').parameters.stages = { row };
					json.connections.Вошла.main = row.map(() => [wire('Оплачен?')]);
					json.connections.Вошла.main[0]!.push(wire('Задача'));
					json.nodes.push(node('Сбой', 'errorTrigger', 1, [0, 280]));
					json.settings!.errorWorkflow = undefined;
				},
			}).filter((problem) => problem.includes('overlaps'));
		expect(below(2)).toEqual([]);
		expect(below(3)).toEqual(['Сбой: It overlaps «Вошла» or its label']);
	});
});

describe('notes', () => {
	test.each([
		['its top', [320, 0]],
		['its side', [440, 100]],
		['its label', [320, 160]],
	] as Array<[string, [number, number]]>)('a node that sticks out with %s', (_what, position) => {
		expect(move('Задача', position)).toContain('Задача: The node with its label is only partly inside the note «Ряд»');
	});

	test('a note that covers half of another node', () => {
		const problems = problemsAfter({
			[FLOW]: (_json, find) => {
				find('Обзор').position = [540, -80];
				find('Обзор').parameters.width = 300;
			},
		});
		expect(problems).toEqual(['Оплачен?: The node with its label is only partly inside the note «Обзор»']);
	});

	test('on each other', () => {
		expect(move('Обзор', [-60, -160])).toEqual(['Ряд: The note overlaps the note «Обзор»']);
		expect(move('Обзор', [-60, -180])).toEqual([]);
	});
});

describe('direction', () => {
	test('backwards and straight down', () => {
		expect(move('Сообщить', [420, 400])).toEqual([
			'Оплачен?: The connection to «Сообщить» does not run from left to right',
		]);
		expect(move('Сообщить', [640, 400])).toEqual([
			'Оплачен?: The connection to «Сообщить» does not run from left to right',
		]);
	});

	test('the wire that closes a loop may run back', () => {
		const problems = problemsAfter({
			[FLOW]: (json) => (json.connections['Оплачен?'].main[1] = [wire('Задача')]),
		});
		expect(problems).toEqual([]);
	});
});

describe('the overview', () => {
	test('none, or two', () => {
		const colour = (name: string, value: number) =>
			problemsAfter({ [FLOW]: (_json, find) => (find(name).parameters.color = value) });
		expect(colour('Обзор', 4)).toEqual(['The workflow has 0 yellow notes']);
		expect(colour('Ряд', 1)).toEqual(['The workflow has 2 yellow notes']);
	});

	test('not Russian', () => {
		const problems = problemsAfter({
			[HANDLER]: (_json, find) => (find('Обзор').parameters.content = '## Overview\nЧто-то'),
		});
		expect(problems).toEqual(['Обзор: The overview has no Russian heading']);
	});
});
