/** A notification that an employee received. */
export interface Notification {
	id: number;
	userId: number;
	fromUserId: number;
	text: string;
	/** `im.notify.system.add` or `im.notify.personal.add`. */
	method: string;
	tag: string;
	/** ISO 8601 in the portal's zone. */
	time: string;
}

export interface ChatMessage {
	id: number;
	dialogId: string;
	fromUserId: number;
	text: string;
	time: string;
}

export interface Sms {
	phone: string;
	text: string;
	/** e.g. `DEAL_12`. */
	documentId: string;
	templateId: number;
	time: string;
}

export interface Email {
	to: string;
	subject: string;
	text: string;
	time: string;
}

/** All that employees and clients received. */
export interface OutboxContent {
	notifications: Notification[];
	messages: ChatMessage[];
	sms: Sms[];
	emails: Email[];
}

export class Outbox {
	private content: OutboxContent = { notifications: [], messages: [], sms: [], emails: [] };

	/** A notification with a known tag replaces the earlier one (im-notify-system-add.md). */
	addNotification(notification: Notification): void {
		if (notification.tag) {
			this.content.notifications = this.content.notifications.filter(
				({ tag, userId }) => tag !== notification.tag || userId !== notification.userId,
			);
		}
		this.content.notifications.push(notification);
	}

	addMessage(message: ChatMessage): void {
		this.content.messages.push(message);
	}

	addSms(sms: Sms): void {
		this.content.sms.push(sms);
	}

	read(): OutboxContent {
		return structuredClone(this.content);
	}

	clear(): void {
		this.content = { notifications: [], messages: [], sms: [], emails: [] };
	}
}
