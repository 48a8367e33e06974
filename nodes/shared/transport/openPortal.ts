import { connect, type CredentialType, type PortalContext } from './credentialConnection';
import { Governor } from './governor';
import { PortalClient } from './portalClient';

// One budget for everything this process sends to a portal; it only smooths, nothing is decided by it.
const governors = new Map<string, Governor>();

/** A client for the portal of the node's credential. */
export async function openPortal(context: PortalContext, type: CredentialType): Promise<PortalClient> {
	const connection = await connect(context, type);
	const { capacity, leakPerSecond } = connection.limits;
	const key = `${connection.host} ${capacity} ${leakPerSecond}`;
	const governor = governors.get(key) ?? new Governor(connection.limits, () => Date.now());
	governors.set(key, governor);
	return new PortalClient(connection, governor);
}
