import type { ICredentialTestRequest } from 'n8n-workflow';

import { CHECK_COMMANDS, FINDINGS } from './portalCheck';

const ifBody = (key: string, value: unknown, message: string) => ({
	type: 'responseSuccessBody',
	properties: { key, value, message },
});

const ifStatus = (value: number, message: string) => ({ type: 'responseCode', properties: { value, message } });

/** n8n tests an OAuth2 credential by one request and rules over its answer only. */
export const oAuth2PortalTest: ICredentialTestRequest = {
	request: {
		baseURL: '={{$credentials.portalAddress.replace(/\\/+$/, "")}}',
		url: '/rest/batch.json',
		method: 'POST',
		body: { halt: 0, cmd: CHECK_COMMANDS, auth: '={{$credentials.oauthTokenData.access_token}}' },
	},
	rules: [
		// n8n renews an expired token after this answer, but asks again with the old one.
		ifStatus(401, 'The portal did not accept the token. It may just have expired: test again, then press Reconnect.'),
		ifStatus(403, FINDINGS.noRest),
		ifStatus(404, FINDINGS.notAPortal),
		ifBody('result.result.owner.ADMIN', false, FINDINGS.notAdministrator),
		ifBody('result.result_error.mode.error', 'insufficient_scope', FINDINGS.noCrm),
		ifBody('result.result.mode', 2, FINDINGS.simpleCrm),
	] as ICredentialTestRequest['rules'],
};
