import type { IDataObject } from 'n8n-workflow';

import { once } from '../../../shared/portal/once';
import type { Operation } from '../../operation';
import { stepProperty } from '../../parameters/step';
import { readMethod, readParameters } from './methodParameters';

export const call: Operation = {
	name: 'Call',
	value: 'call',
	action: 'Call any method',
	description: 'Call a method of the REST API that has no operation of its own',
	properties: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. crm.timeline.comment.add',
		},
		{
			displayName: 'Parameters',
			name: 'parameters',
			type: 'json',
			default: '{}',
			description: 'As the documentation of the method names them',
		},
		stepProperty,
	],

	async execute(run) {
		const method = readMethod(run, run.requiredText('method', 'Method'));
		const parameters = readParameters(run, run.parameter('parameters'), 'Parameters');
		const key = run.stepKey();
		const ask = async () => await run.portal.client.ask(method, parameters);
		if (key === undefined) return { ...(await ask()) } as IDataObject;
		const outcome = await once(run.portal, key, { act: ask });
		return outcome.kind === 'acted' ? ({ ...outcome.result } as IDataObject) : { doneBefore: true };
	},
};
