import { createServer, type AddressInfo } from 'node:net';

/** The wanted port of 127.0.0.1 if nobody listens there, or any free one. */
export async function freePort(wanted = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (wanted !== 0 && error.code === 'EADDRINUSE') freePort().then(resolve, reject);
			else reject(error);
		});
		server.listen(wanted, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
