/** Joins a socket in the file system to a port in this network namespace: `node relay.ts SOCKET PORT`. */
import { createConnection, createServer } from 'node:net';

const [socket = '', port = ''] = process.argv.slice(2);

createServer((near) => {
	const far = createConnection(Number(port), '127.0.0.1');
	near.pipe(far).pipe(near);
	near.on('error', () => far.destroy());
	far.on('error', () => near.destroy());
}).listen(socket);
