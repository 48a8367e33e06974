import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialTestRequest,
	type IExecuteData,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { GivenCredentials } from '../harness';
import { CredentialsStore } from '../harness/credentials';
import { NodeTypes } from '../harness/node-types';

/** Tests a credential as n8n does when its type describes one request and rules over the answer. */
export async function requestTestOf(credential: GivenCredentials[string]): Promise<INodeCredentialTestResult> {
	const types = new NodeTypes({});
	const test = types.credentialType(credential.type).test as ICredentialTestRequest;
	const store = new CredentialsStore(types, { p1: credential });
	const details = { id: 'p1', name: 'Portal' };
	const node: INode = {
		id: 'temp',
		name: 'Temp',
		type: 'temp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [credential.type]: details },
	};
	const nodeType = nodeThatAsks(credential.type, test);
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = { credentialsHelper: store } as unknown as IWorkflowExecuteAdditionalData;
	const data = await store.getDecrypted(additionalData, details, credential.type, 'internal');
	const executeData: IExecuteData = { node, data: {}, source: null };
	const runData = createEmptyRunExecutionData();
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		runData,
		0,
		[],
		input,
		executeData,
		[],
	);
	const asking = new RoutingNode(context, nodeType, { ...details, type: credential.type, data });
	return await asking.runNode().then(
		(response) => judgeBody(test, response?.[0]?.[0]?.json),
		(error: Error) => judgeFailure(test, error),
	);
}

function nodeThatAsks(credentialType: string, test: ICredentialTestRequest): INodeType {
	const ask = { displayName: 'Ask', name: 'ask', type: 'string', default: '', routing: { request: test.request } };
	return {
		description: {
			name: 'temp',
			displayName: 'Temp',
			description: '',
			group: [],
			version: 1,
			defaults: { name: 'Temp' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credentialType, required: true }],
			properties: [ask],
		},
	} as INodeType;
}

type Rule = { type: string; properties: { key?: string; value: unknown; message: string } };

const rulesOf = (test: ICredentialTestRequest) => (test.rules ?? []) as Rule[];

function judgeBody(test: ICredentialTestRequest, body: unknown): INodeCredentialTestResult {
	const at = (path: string) =>
		path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
	const broken = rulesOf(test).find(
		({ type, properties }) => type === 'responseSuccessBody' && at(properties.key ?? '') === properties.value,
	);
	if (broken) return { status: 'Error', message: broken.properties.message };
	return { status: 'OK', message: 'Connection successful!' };
}

function judgeFailure(test: ICredentialTestRequest, error: Error): INodeCredentialTestResult {
	const { response, code } = (error.cause ?? {}) as {
		response?: { status: number; statusText: string };
		code?: string;
	};
	const rule = rulesOf(test).find(
		({ type, properties }) => type === 'responseCode' && properties.value === response?.status,
	);
	const message = rule?.properties.message ?? response?.statusText ?? code ?? error.message;
	return { status: 'Error', message };
}
