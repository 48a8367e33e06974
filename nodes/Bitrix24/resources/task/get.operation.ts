import type { IDataObject } from 'n8n-workflow';

import { shapeTask } from '../../../shared/portal/taskOutput';
import { readTask } from '../../../shared/portal/tasks';
import type { Operation } from '../../operation';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a task',
	description: 'Read one task with the item it is bound to',
	properties: [
		{
			displayName: 'Task ID',
			name: 'taskId',
			type: 'string',
			default: '={{ $json.id }}',
			required: true,
			placeholder: 'e.g. 108',
		},
	],

	async execute(run) {
		const text = run.requiredText('taskId', 'Task ID');
		if (!/^[1-9]\d*$/.test(text)) throw run.stop(`"${text}" is not the ID of a task`, 'Enter a number.');
		return (await shapeTask(run.portal, await readTask(run.portal, Number(text)))) as IDataObject;
	},
};
