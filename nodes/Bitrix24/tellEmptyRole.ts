import type { StepKey } from '../shared/logic/entry';
import type { OperationRun } from './operationRun';
import type { Recipient } from './parameters/recipient';
import { sendNotification } from './sendNotification';

/** The responsible stands in for a role that nobody holds, and is told so; once for the step. */
export async function tellEmptyRole(
	run: OperationRun,
	{ userId, emptyRole }: Recipient,
	key: StepKey | undefined,
): Promise<void> {
	if (emptyRole === undefined) return;
	const ownKey = key && { ...key, step: `${key.step}-empty-role` };
	await sendNotification(
		run.portal,
		{ userId, message: run.requiredText('emptyRoleMessage', 'Text if the Role Is Empty') },
		ownKey,
	);
}
