import type { FlowerShop } from './flowerShop';
import { OWNER } from './realN8n/realN8n';

/** Addresses, login, and what a person may do next, as lines of text. */
export function whatToTry({ portal, n8n, imported }: FlowerShop): string[] {
	const deals = imported.workflows.find(({ name }) => name.endsWith('Сделки'));
	const fields = `"title":"Штерн","Требования к букету":"51 тюльпан","Тип доставки":"Самовывоз"`;
	const order = `{"kind":"createDeal","as":3,"pipeline":"Общее","stage":"Выполнение заказа","fields":{${fields}}}`;
	return [
		'',
		`n8n      ${n8n.url}`,
		`         login ${OWNER.email}, password ${OWNER.password}`,
		`Portal   ${portal.url}   webhook ${portal.webhookUrl}`,
		`n8n log  ${n8n.logFile}`,
		'',
		'To try by hand:',
		`  1. Look at the flow and at what it did:  ${n8n.url}/workflow/${deals?.id}  (tab Executions)`,
		'  2. Place another order, to be picked up by the client:',
		`       curl -d '${order}' ${portal.url}/_emulator/act`,
		'     The answer is the number of the deal. Within a minute the florist has a task; its number:',
		`       curl -g '${portal.webhookUrl}tasks.task.list?order[ID]=desc&select[]=ID&select[]=TITLE&select[]=RESPONSIBLE_ID'`,
		'  3. Complete it as the florist, and see the deal move to «Заказ собран»:',
		`       curl -d '{"kind":"completeTask","as":6,"id":NUMBER}' ${portal.url}/_emulator/act`,
		`  4. See what the employees were told:  curl ${portal.url}/_emulator/outbox`,
		'',
		'Ctrl-C stops n8n and the portal.',
	];
}
