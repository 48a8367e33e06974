const READS = new Set([
	'profile',
	'scope',
	'methods',
	'events',
	'server.time',
	'app.info',
	'calendar.settings.get',
	'crm.status.entity.items',
	'crm.status.entity.types',
	'crm.duplicate.findbycomm',
]);
const READ_ENDINGS = /(^|\.)(get|list|getlist|fields|search|current|status|types|items\.get|instances)$/i;

/** Whether a call may be repeated without changing the portal: it only reads. */
export function isRead(method: string): boolean {
	return READS.has(method.toLowerCase()) || READ_ENDINGS.test(method);
}

/** File transfers are refused inside a batch (docs: settings/how-to-call-rest-api/batch.md). */
export function mustTravelAlone(method: string): boolean {
	return method.toLowerCase() === 'batch' || /uploadfile|uploadversion|\.download$/i.test(method);
}
