import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { ErrorReporter, InstanceSettings } from 'n8n-core';
import { setGlobalState } from 'n8n-workflow';

let prepared = false;

/** Sets up n8n's service container once per test file: silent, leader, UTC unless a workflow says otherwise. */
export function prepareEngine(): void {
	if (prepared) return;
	prepared = true;
	const silent: Record<string, unknown> = {};
	for (const level of ['error', 'warn', 'info', 'debug']) silent[level] = () => {};
	silent.scoped = () => silent;
	Container.set(Logger, silent as unknown as Logger);
	Container.set(ErrorReporter, { error() {}, warn() {}, info() {} } as unknown as ErrorReporter);
	Container.get(InstanceSettings).markAsLeader();
	setGlobalState({ defaultTimezone: 'UTC' });
}
