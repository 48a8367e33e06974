import { safeParseWorkflowStructure } from 'n8n-workflow';

import type { Finding } from '../finding';
import type { ShippedWorkflow } from '../shippedWorkflow';

/** The check that n8n's own import makes: shape of nodes and connections, names and ids unique, no dangling connection. */
export function structure({ file, json }: ShippedWorkflow): Finding[] {
	const result = safeParseWorkflowStructure(json);
	if (result.success) return [];
	return result.issues.map(({ path, message }) => ({
		file,
		problem: `n8n would refuse the import at ${[path].flat().join('.') || 'the top level'}: ${message}`,
		remedy: 'Mend the structure first; the other checks wait for it',
	}));
}
