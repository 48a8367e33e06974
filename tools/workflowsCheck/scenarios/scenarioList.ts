/** docs/scenarios.json: which scenarios the shipped workflows implement. */
export interface ScenarioList {
	verticals: Vertical[];
	scenarios: Scenario[];
}

export interface Vertical {
	/** folder under workflows/ */
	folder: string;
	name: string;
	/** first letters of its scenario IDs, in small letters also of its step names */
	prefix: string;
}

export interface Scenario {
	/** such as `FL-08` */
	id: string;
	/** folder of the vertical */
	vertical: string;
	when: string;
	then: string;
	/** where it is implemented */
	workflows: Array<{ file: string; nodes: string[] }>;
}

export const SCENARIO_LIST = 'docs/scenarios.json';
export const SCENARIO_PAGE = 'docs/scenarios.md';
