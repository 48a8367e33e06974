import { currentAbsence, fullName } from '../portal/people';
import { family, type RestCall } from '../rest/method';
import { RestError } from '../rest/rest-error';

/** Notifications and chat (api-reference/chats/). */
export const imMethods = family(['im'], {
	/** notifications/im-notify-system-add.md */
	'im.notify.system.add': notify,
	/** notifications/im-notify-personal-add.md */
	'im.notify.personal.add': notify,
	/** messages/im-message-add.md: DIALOG_ID is a user's ID or `chatN`. */
	'im.message.add': (call) => {
		const { portal, params } = call;
		const dialogId = params.text('DIALOG_ID');
		const text = params.text('MESSAGE').trim();
		if (!dialogId) throw new RestError('USER_ID_EMPTY', "User ID can't be empty");
		if (/^\d+$/.test(dialogId) && !portal.users.get(Number(dialogId))) {
			throw new RestError('USER_NOT_FOUND', 'User not found');
		}
		if (!text && !params.has('ATTACH')) throw new RestError('MESSAGE_EMPTY', "Message can't be empty");
		const id = portal.store.nextId('message');
		portal.outbox.addMessage({
			id,
			dialogId,
			fromUserId: call.user.id,
			text,
			time: portal.time.iso(portal.clock.now()),
		});
		portal.store.touch();
		return id;
	},
	/** users/im-user-get.md: `absent` tells whether the person is away now. */
	'im.user.get': getUser,
});

function notify(call: RestCall): number {
	const { portal, params } = call;
	const userId = params.integer('USER_ID') ?? 0;
	const text = params.text('MESSAGE').trim();
	if (userId <= 0) throw new RestError('USER_ID_EMPTY', "User ID can't be empty");
	if (!text) throw new RestError('MESSAGE_EMPTY', "Message can't be empty");
	const id = portal.store.nextId('notification');
	portal.outbox.addNotification({
		id,
		userId,
		fromUserId: call.user.id,
		text,
		method: call.method,
		tag: params.text('TAG'),
		time: portal.time.iso(portal.clock.now()),
	});
	portal.store.touch();
	return id;
}

function getUser(call: RestCall): unknown {
	const { portal, params } = call;
	const id = params.has('ID') ? (params.integer('ID') ?? 0) : call.user.id;
	if (id <= 0) throw new RestError('ID_EMPTY', "User ID can't be empty");
	const user = portal.users.get(id);
	if (!user) throw new RestError('USER_NOT_EXISTS', 'User does not exist');
	const absence = currentAbsence(portal, id);
	return {
		id: user.id,
		active: user.active,
		name: fullName(user),
		first_name: user.name,
		last_name: user.lastName,
		work_position: user.position,
		color: '#048bd0',
		avatar: '',
		avatar_hr: '',
		gender: user.gender || 'M',
		birthday: '',
		extranet: user.userType === 'extranet',
		network: false,
		bot: false,
		connector: false,
		external_auth_id: 'default',
		status: 'online',
		idle: false,
		last_activity_date: portal.time.iso(portal.clock.now()),
		mobile_last_date: false,
		desktop_last_date: false,
		absent: absence ? portal.time.iso(absence.to) : false,
		departments: user.departments,
		phones: { work_phone: user.workPhone, personal_mobile: user.mobile },
		website: '',
		email: user.email,
		bot_data: null,
		type: 'user',
	};
}
