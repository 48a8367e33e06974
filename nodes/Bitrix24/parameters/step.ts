import type { INodeProperties } from 'n8n-workflow';

/** Name under which a step is done once for each entry into a stage. */
export const stepProperty: INodeProperties = {
	displayName: 'Step Name',
	name: 'step',
	type: 'string',
	default: '',
	placeholder: 'e.g. florist-task',
	description:
		'Makes sure that this step happens once for each entry into a stage, also when the flow runs twice. Small Latin letters, digits and hyphens; another name for every step of the vertical. Needs the list «Шаги» in the portal.',
};
