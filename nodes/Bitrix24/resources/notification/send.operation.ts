import type { Operation } from '../../operation';
import { chosenRecipient, recipientProperties } from '../../parameters/recipient';
import { stepProperty } from '../../parameters/step';
import { sendNotification } from '../../sendNotification';
import { tellEmptyRole } from '../../tellEmptyRole';
import { messageProperty } from './message';

export const send: Operation = {
	name: 'Send',
	value: 'send',
	action: 'Send a notification',
	description: 'Notify a person in the portal (the bell)',
	properties: [...recipientProperties('To', 'is notified'), messageProperty, stepProperty],

	async execute(run) {
		const key = run.stepKey();
		const message = run.requiredText('message', 'Message');
		const recipient = await chosenRecipient(run);
		const outcome = await sendNotification(run.portal, { userId: recipient.userId, message }, key);
		await tellEmptyRole(run, recipient, key);
		return outcome;
	},
};
