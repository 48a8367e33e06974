import { Credentials, getAdditionalKeys } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, isExpression, NodeHelpers, Workflow } from 'n8n-workflow';

import type { NodeTypes } from './node-types';

/** Credentials of a test: plain data by the id or the name that the workflow's nodes refer to. */
export type GivenCredentials = Record<string, { type: string; data: ICredentialDataDecryptedObject }>;

const OAUTH_TOKEN: INodeProperties = { displayName: 'Token', name: 'oauthTokenData', type: 'json', default: {} };

// Stands for "the node" where a credential's expressions are resolved outside of any workflow.
const NOWHERE: INode = { id: 'none', name: 'none', type: 'none', typeVersion: 1, position: [0, 0], parameters: {} };

/** n8n's credential service over plain data. Refreshed tokens are kept as n8n keeps them in its database. */
export class CredentialsStore extends ICredentialsHelper {
	constructor(
		private readonly types: NodeTypes,
		private readonly given: GivenCredentials,
	) {
		super();
	}

	/** @returns the stored data, also after a node has refreshed its token; undefined when the test gave none */
	find(details: INodeCredentialsDetails | undefined, type: string) {
		const entries = [details?.id, details?.name].map((key) => (key ? this.given[key] : undefined));
		return entries.find((entry) => entry?.type === type);
	}

	getParentTypes(name: string): string[] {
		const parents = this.types.credentialType(name).extends ?? [];
		return [...new Set(parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]))];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = request as IHttpRequestOptions;
		const { authenticate } = this.types.credentialType(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate?.type !== 'generic') return options;
		const resolve = (value: unknown): unknown =>
			isExpression(value)
				? String(
						workflow?.expression.getSimpleParameterValue(
							node ?? NOWHERE,
							value,
							'internal',
							{ $credentials: credentials } as never,
							undefined,
							'',
						) ?? '',
					)
				: value;
		options.headers ??= {};
		const target = options as unknown as Record<string, Record<string, unknown>>;
		for (const [place, values] of Object.entries(authenticate.properties)) {
			target[place] ??= {};
			for (const [key, value] of Object.entries(values as Record<string, unknown>))
				target[place][String(resolve(key))] = resolve(value);
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.types.credentialType(typeName);
		const token = type.properties.find((property) => property.type === 'hidden' && property.typeOptions?.expirable);
		if (!token || (credentials[token.name] !== '' && !credentialsExpired)) return undefined;
		const fresh = await this.runPreAuthentication(helpers, credentials, typeName);
		const details = node.credentials?.[type.name];
		if (fresh?.[token.name] === undefined || !details) return undefined;
		await this.updateCredentials(details, type.name, { ...this.mustFind(details, type.name).data, ...fresh });
		return Object.assign(credentials, fresh);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.types.credentialType(typeName);
		return (await preAuthentication?.call(helpers, credentials)) as ICredentialDataDecryptedObject | undefined;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const { data } = this.mustFind(details, type);
		const credentials = new Credentials<ICredentialDataDecryptedObject>({ id: details.id, name: details.name }, type);
		credentials.getData = async () => structuredClone(data);
		return credentials;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const credential = this.types.credentialType(type);
		if (!credential.extends)
			return ['oAuth1Api', 'oAuth2Api'].includes(type)
				? [...credential.properties, OAUTH_TOKEN]
				: credential.properties;
		const merged: INodeProperties[] = [];
		for (const parent of credential.extends)
			NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(merged, credential.properties);
		return merged;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		at?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = structuredClone(this.mustFind(details, type).data);
		if (raw) return stored;
		const properties = this.getCredentialsProperties(type);
		const complete = NodeHelpers.getNodeParameters(
			properties,
			stored as never,
			true,
			false,
			null,
			null,
		) as never as ICredentialDataDecryptedObject;
		if (stored.oauthTokenData !== undefined) complete.oauthTokenData = stored.oauthTokenData;
		const keys = getAdditionalKeys(additionalData, mode, null);
		if (at)
			return at.workflow.expression.getParameterValue(
				complete as never,
				at.runExecutionData,
				at.runIndex,
				at.itemIndex,
				at.node.name,
				at.connectionInputData,
				mode,
				keys,
				executeData,
				false,
				complete as never,
			) as never;
		const workflow = new Workflow({ nodes: [NOWHERE], connections: {}, active: false, nodeTypes: NO_TYPES });
		return workflow.expression.getComplexParameterValue(
			NOWHERE,
			complete as never,
			mode,
			keys,
			undefined,
			undefined,
			complete as never,
		) as never;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.mustFind(details, type).data = structuredClone(data);
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.mustFind(details, type).data.oauthTokenData = structuredClone(data.oauthTokenData);
	}

	private mustFind(details: INodeCredentialsDetails, type: string) {
		const found = this.find(details, type);
		if (!found) throw new Error(`The test gives no credential "${details.name ?? details.id}" of type ${type}`);
		return found;
	}
}

const NO_TYPES = {
	getByName: () => undefined as never,
	getByNameAndVersion: () => ({ description: { properties: [] } }) as never,
	getKnownTypes: () => ({}),
};
