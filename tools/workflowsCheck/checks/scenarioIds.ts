import type { Check } from '../checkContext';

const SCENARIO_ID = /\b[A-Z]{2}-\d{2}\b/g;

/** A workflow speaks only of scenarios that docs/scenarios.json lists for it, in its description and in its notes. */
export const scenarioIds: Check = ({ file, json }, { scenarios }) => {
	const named = [json.description, ...json.nodes.flatMap(({ notes, parameters }) => [notes, parameters?.content])]
		.filter((text) => typeof text === 'string')
		.flatMap((text) => text.match(SCENARIO_ID) ?? []);
	return [...new Set(named)].flatMap((id) => {
		const scenario = scenarios.scenarios.find((known) => known.id === id);
		if (scenario?.workflows.some((workflow) => workflow.file === file)) return [];
		const problem = scenario
			? `The workflow names ${id}, but docs/scenarios.json does not list it there`
			: `The workflow names ${id}, which docs/scenarios.json does not know`;
		return [{ file, problem, remedy: 'Enter it there with the nodes that implement it, or correct the ID' }];
	});
};
