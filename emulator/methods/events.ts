import { family, type RestCall } from '../rest/method';
import { integer } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** Handlers of events, for applications only (api-reference/events/). Offline events do not exist here. */
export const eventMethods = family([], {
	/** events.md */
	events: (call) => {
		requireApplication(call);
		const scope = call.params.text('SCOPE');
		return scope ? (EVENTS[scope] ?? []) : Object.values(EVENTS).flat();
	},
	/** event-bind.md */
	'event.bind': (call) => {
		requireApplication(call);
		const event = requireEvent(call);
		const handler = requireHandler(call);
		call.eventHandlers.bind(event, handler, authType(call) ?? 0);
		return true;
	},
	/** event-get.md */
	'event.get': (call) => {
		requireApplication(call);
		return call.eventHandlers.bound.map(({ event, handler, authType: userId }) => ({
			event,
			handler,
			auth_type: String(userId),
			offline: 0,
		}));
	},
	/** event-unbind.md: whatever is not given matches everything. */
	'event.unbind': (call) => {
		requireApplication(call);
		const event = call.params.text('event').toUpperCase();
		const handler = call.params.text('handler');
		const wanted = call.params.get('auth_type') === undefined ? undefined : (authType(call) ?? 0);
		const before = call.eventHandlers.bound;
		call.eventHandlers.bound = before.filter(
			(bound) =>
				(event && bound.event !== event) ||
				(handler && bound.handler !== handler) ||
				(wanted !== undefined && bound.authType !== wanted),
		);
		return { count: before.length - call.eventHandlers.bound.length };
	},
});

const CRUD = ['ADD', 'UPDATE', 'DELETE'];
const EVENTS: Record<string, string[]> = {
	crm: [
		...['LEAD', 'DEAL', 'CONTACT', 'COMPANY'].flatMap((type) => CRUD.map((verb) => `ONCRM${type}${verb}`)),
		'ONCRMDEALMOVETOCATEGORY',
		'ONCRMTIMELINECOMMENTADD',
	],
	task: CRUD.map((verb) => `ONTASK${verb}`),
};

function requireApplication(call: RestCall): void {
	if (call.credential.kind === 'webhook') {
		throw new RestError('ACCESS_DENIED', 'Access denied! Application context required', 403);
	}
}

function requireEvent(call: RestCall): string {
	const event = call.params.text('event').toUpperCase();
	if (!Object.values(EVENTS).flat().includes(event)) throw new RestError('ERROR_EVENT_NOT_FOUND', 'Event not found');
	return event;
}

function requireHandler(call: RestCall): string {
	const handler = call.params.text('handler');
	if (!URL.canParse(handler)) throw new RestError('ERROR_ARGUMENT', "Argument 'handler' is null or empty");
	return handler;
}

/** The user whose token the handler shall get; only administrators may name somebody else. */
function authType(call: RestCall): number | undefined {
	const userId = integer(call.params.get('auth_type'));
	if (userId && userId !== call.user.id && !call.user.admin) {
		const text = 'Access denied! Event binding with AUTH_TYPE requires administrator access rights';
		throw new RestError('ACCESS_DENIED', text, 403);
	}
	return userId;
}
