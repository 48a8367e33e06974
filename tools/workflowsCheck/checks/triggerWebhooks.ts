import type { Check } from '../checkContext';
import { describedNodes } from '../checkContext';

/** Triggers with a webhook keep their address: it is fixed in the file. */
export const triggerWebhooks: Check = (workflow, context) =>
	describedNodes(workflow, context)
		.filter(({ description }) => description.group.includes('trigger') && (description.webhooks ?? []).length > 0)
		.filter(({ node }) => !node.webhookId)
		.map(({ node }) => ({
			file: workflow.file,
			node: node.name,
			problem: 'The trigger has no webhookId, so its address would change with each import',
			remedy: 'Give it a UUID as "webhookId"',
		}));
