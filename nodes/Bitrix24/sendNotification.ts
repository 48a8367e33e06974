import type { IDataObject } from 'n8n-workflow';

import type { StepKey } from '../shared/logic/entry';
import { once } from '../shared/portal/once';
import type { Portal } from '../shared/portal/portal';

export interface Notification {
	userId: number;
	/** BB codes are allowed. */
	message: string;
}

/** Notifies one person, once for the step if one is named. Docs: api-reference/chats/notifications/im-notify-system-add.md */
export async function sendNotification(
	portal: Portal,
	{ userId, message }: Notification,
	key: StepKey | undefined,
): Promise<IDataObject> {
	const send = async () =>
		await portal.client.call<number>('im.notify.system.add', { USER_ID: userId, MESSAGE: message });
	if (key === undefined) return { userId, notificationId: await send(), sent: true };
	const outcome = await once(portal, key, { act: send });
	return outcome.kind === 'acted'
		? { userId, notificationId: outcome.result, sent: true }
		: { userId, sent: false, sentBefore: true };
}
