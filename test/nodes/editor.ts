import { CredentialTestContext, LoadOptionsContext, PollContext } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type ICredentialTestFunctions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeListSearchItems,
	type INodeParameters,
	type INodePropertyOptions,
	type IPollFunctions,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { GivenCredentials } from '../harness';
import { CredentialsStore } from '../harness/credentials';
import { NodeTypes } from '../harness/node-types';
import { ownNode } from './nodeBench';

/** What n8n's editor asks a node while a person fills its parameters. */
export class Editor {
	private readonly types = new NodeTypes({});
	private readonly node: INode;
	private readonly workflow: Workflow;
	private readonly additionalData: IWorkflowExecuteAdditionalData;

	/** @param type `bitrix24` or `bitrix24PollTrigger` */
	constructor(type: string, parameters: INodeParameters, credential: GivenCredentials[string]) {
		this.node = ownNode(type, parameters, credential.type);
		const { description } = this.nodeType;
		const complete = NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			true,
			false,
			this.node,
			description,
		);
		this.node.parameters = complete ?? {};
		this.workflow = new Workflow({
			id: 'flow',
			nodes: [this.node],
			connections: {},
			active: false,
			nodeTypes: this.types,
		});
		const credentialsHelper = new CredentialsStore(this.types, { p1: credential });
		this.additionalData = {
			credentialsHelper,
			currentNodeParameters: this.node.parameters,
		} as unknown as IWorkflowExecuteAdditionalData;
	}

	/** Entries of a list in a resource locator. */
	async search(method: string, filter?: string): Promise<INodeListSearchItems[]> {
		const search = this.nodeType.methods?.listSearch?.[method];
		if (search === undefined) throw new Error(`The node has no list search ${method}`);
		return (await search.call(this.loadOptions(), filter)).results;
	}

	/** Entries of a dropdown. */
	async options(method: string): Promise<INodePropertyOptions[]> {
		const load = this.nodeType.methods?.loadOptions?.[method];
		if (load === undefined) throw new Error(`The node has no options ${method}`);
		return (await load.call(this.loadOptions())) as INodePropertyOptions[];
	}

	/** Names of the outputs that the canvas shows. */
	outputNames(): Array<string | undefined> {
		const outputs = NodeHelpers.getNodeOutputs(this.workflow, this.node, this.nodeType.description);
		return outputs.map((output) => (typeof output === 'string' ? undefined : output.displayName));
	}

	/** «Fetch Test Event» of a poll trigger. */
	async fetchTestEvent(): Promise<INodeExecutionData[][] | null> {
		const context = new PollContext(this.workflow, this.node, this.additionalData, 'manual', 'manual');
		const poll = this.nodeType.poll;
		if (poll === undefined) throw new Error('The node does not poll');
		return await poll.call(context as unknown as IPollFunctions);
	}

	/** What a poll has noted for the next one. */
	get staticData(): unknown {
		return this.workflow.getStaticData('node', this.node);
	}

	/** The test of the credential, as its dialogue calls it. */
	async testCredential(credential: GivenCredentials[string]): Promise<INodeCredentialTestResult> {
		const { testedBy } = this.nodeType.description.credentials?.find(({ name }) => name === credential.type) ?? {};
		const test = this.nodeType.methods?.credentialTest?.[String(testedBy)];
		if (test === undefined) throw new Error(`The credential ${credential.type} has no test`);
		const context = new CredentialTestContext(this.additionalData) as unknown as ICredentialTestFunctions;
		return await test.call(context, { id: 'p1', name: 'Portal', ...credential });
	}

	private get nodeType() {
		return this.types.getByNameAndVersion(this.node.type, this.node.typeVersion);
	}

	private loadOptions(): ILoadOptionsFunctions {
		return new LoadOptionsContext(
			this.workflow,
			this.node,
			this.additionalData,
			'parameters',
		) as unknown as ILoadOptionsFunctions;
	}
}
