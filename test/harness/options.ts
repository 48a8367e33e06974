import type { Duration } from './clock';
import type { GivenCredentials } from './credentials';
import type { ExtraTypes } from './node-types';
import type { WorkflowJson } from './storage';
import type { Portal } from './world';

/** How an n8n for a test is set up. */
export interface HarnessOptions<T = unknown> extends ExtraTypes {
	/** start of virtual time, ISO 8601 with offset; left out when `alongside` is given */
	now?: string;
	/** parsed workflow JSONs or paths of files; they run unmodified */
	workflows: Array<WorkflowJson | string>;
	/** by the id or name that the nodes refer to */
	credentials?: GivenCredentials;
	portal?: Portal;
	/** another n8n of the same test: a second instance that shares virtual time and nothing else */
	alongside?: T;
	/** failed executions do not make `pass()` throw; look at `failures()` */
	expectFailures?: boolean;
	/** poll only when `portal.revision()` has moved, and every now and then; default true when the portal has a revision */
	skipIdlePolls?: boolean;
	/** how long polls may be skipped, for nodes sweep from time to time; default 5 minutes */
	longestSkip?: Duration;
	/** open an HTTP port for web hooks; `baseUrl` tells where */
	listen?: boolean;
}

/** When to kill a running n8n: counted from the call of `killAfter`. */
export interface KillPoint {
	/** after the n-th node that any execution finishes */
	nodes?: number;
	/** after this node has finished */
	node?: string;
	/** after the answer to the n-th HTTP request has arrived, before any node learns of it */
	requests?: number;
	/** before the n-th HTTP request is sent */
	beforeRequest?: number;
}
