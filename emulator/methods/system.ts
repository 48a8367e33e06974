import { family, type RestCall } from '../rest/method';
import { flag } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** What every webhook may call without any scope (api-reference/common/). */
export const systemMethods = family([], {
	/** users/profile.md: ADMIN is a boolean, the zone may be empty. */
	profile: ({ user }) => ({
		ID: String(user.id),
		ADMIN: user.admin,
		NAME: user.name,
		LAST_NAME: user.lastName,
		PERSONAL_GENDER: user.gender,
		TIME_ZONE: '',
	}),
	/** system/scope.md */
	scope: ({ credential }) => credential.scopes,
	/** system/method-get.md: without a name both answers are false. */
	'method.get': (call) => {
		const name = call.params.text('name').toLowerCase();
		const method = call.methods.find((one) => one.name.toLowerCase() === name);
		return { isExisting: method !== undefined, isAvailable: method !== undefined && available(call, method) };
	},
	/** system/methods.md: those of the credential's scopes, of one scope, or all. */
	methods: (call) => {
		const { params, methods } = call;
		const scope = params.get('scope');
		if (flag(params.get('full'))) return methods.map(({ name }) => name);
		if (scope === '') return methods.filter(({ scopes }) => scopes.length === 0).map(({ name }) => name);
		const ofScope = methods.filter(({ scopes }) => scope === undefined || scopes.includes(String(scope)));
		return ofScope.filter((method) => available(call, method)).map(({ name }) => name);
	},
	/** system/server-time.md */
	'server.time': ({ portal }) => portal.time.iso(portal.clock.now()),
	/** system/app-info.md: for applications only. */
	'app.info': (call) => {
		if (call.credential.kind === 'webhook') {
			throw new RestError('ACCESS_DENIED', 'Access denied! Application context required', 403);
		}
		return {
			ID: 5,
			CODE: 'local.emulator',
			VERSION: 1,
			STATUS: 'L',
			INSTALLED: true,
			PAYMENT_EXPIRED: 'N',
			DAYS: null,
			LANGUAGE_ID: 'ru',
			LICENSE: 'ru_std',
			LICENSE_TYPE: 'std',
			LICENSE_FAMILY: 'std',
		};
	},
	/** system/feature-get.md */
	'feature.get': ({ params, portal }) => {
		if (!params.text('CODE')) throw new RestError('CODE_EMPTY', "CODE can't be empty");
		const known = ['rest_offline_extended', 'rest_auth_connector'].includes(params.text('CODE'));
		return { value: known && portal.switches.limits === 'enterprise' ? 'Y' : 'N' };
	},
});

function available(call: RestCall, method: RestCall['methods'][number]): boolean {
	const has = (scope: string) => call.credential.scopes.includes(scope);
	return method.scopes.every(has) || method.orScopes?.some(has) === true;
}
