import type { Check, CheckContext } from './checkContext';
import { canonical } from './checks/canonical';
import { credentials } from './checks/credentials';
import { expressions } from './checks/expressions';
import { identity } from './checks/identity';
import { instanceData } from './checks/instanceData';
import { layout } from './checks/layout';
import { nodeTypes } from './checks/nodeTypes';
import { overviewNote } from './checks/overviewNote';
import { parameters } from './checks/parameters';
import { requiredParameters } from './checks/requiredParameters';
import { scenarioIds } from './checks/scenarioIds';
import { secrets } from './checks/secrets';
import { settings } from './checks/settings';
import { steps } from './checks/steps';
import { structure } from './checks/structure';
import { subWorkflows } from './checks/subWorkflows';
import { triggerWebhooks } from './checks/triggerWebhooks';
import { wiring } from './checks/wiring';
import type { Finding } from './finding';
import type { ShippedWorkflow } from './shippedWorkflow';

const CHECKS: Check[] = [
	...[canonical, instanceData, identity, settings, nodeTypes, parameters, requiredParameters, credentials],
	...[subWorkflows, wiring, expressions, steps, triggerWebhooks, secrets, layout, overviewNote, scenarioIds],
];

/** Everything that has to be put right in one workflow. A broken structure hides the rest. */
export function checkWorkflow(workflow: ShippedWorkflow, context: CheckContext): Finding[] {
	const broken = structure(workflow);
	return broken.length > 0 ? broken : CHECKS.flatMap((check) => check(workflow, context));
}
