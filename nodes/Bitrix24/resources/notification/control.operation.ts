import { findHead } from '../../../shared/portal/people';
import { Ended, type Operation } from '../../operation';
import { readResponsible } from '../../parameters/recipient';
import { stepProperty } from '../../parameters/step';
import { sendNotification } from '../../sendNotification';
import { messageProperty } from './message';

export const control: Operation = {
	name: 'Control',
	value: 'control',
	action: 'Report to the head (control)',
	description:
		'Notify the head of the responsible, as the robot «Контроль» does. It climbs when the responsible is the head himself, or the head is on leave.',
	properties: [messageProperty, stepProperty],

	async execute(run) {
		const key = run.stepKey();
		const message = run.requiredText('message', 'Message');
		const responsible = await readResponsible(run.portal, run.requireItemReference('«Контроль»'));
		const head = await findHead(run.portal, responsible, true);
		if (head === undefined) {
			return new Ended(`Person ${responsible} has no head at work above him, so nobody was told.`);
		}
		return await sendNotification(run.portal, { userId: head, message }, key);
	},
};
