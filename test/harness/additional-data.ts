import { Container } from '@n8n/di';
import { ExternalSecretsProxy } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import type { N8nProcess } from './process';
import type { StoredWorkflow } from './storage';

/** What n8n's server hands to every execution and trigger besides the workflow itself. */
export function additionalData(
	n8n: N8nProcess,
	{ id, settings }: Pick<StoredWorkflow, 'id' | 'settings'>,
): IWorkflowExecuteAdditionalData {
	const { baseUrl } = n8n.settings;
	const data = {
		currentNodeExecutionIndex: 0,
		credentialsHelper: n8n.credentials,
		executeWorkflow: n8n.runner.executeWorkflow,
		getRunExecutionData: async (executionId: string) => n8n.storage.executions.get(executionId)?.data,
		getRuntimeCredential: async () => undefined,
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		variables: {},
		workflowId: id,
		workflowSettings: settings,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		setExecutionStatus: () => {},
		logAiEvent: () => {},
		startRunnerTask: async () => {
			throw new Error('There is no task runner here: Code nodes are not allowed');
		},
	};
	return data as unknown as IWorkflowExecuteAdditionalData;
}
