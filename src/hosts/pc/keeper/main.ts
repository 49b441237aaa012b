/**
 * The keeper: the one part of Vitrine on a PC that runs as root. It does what `verbs.ts` lists for the host service,
 * which alone may open its socket, and nothing else.
 *
 * From its environment: `VITRINE_KEEPER`, the path of the socket. Its folder belongs to root and the host's group.
 */
import { KeeperServer } from './keeper-server.ts';
import { verbs } from './verbs.ts';

const path = process.env.VITRINE_KEEPER;
if (path === undefined) throw new Error('VITRINE_KEEPER is not set.');

// The socket is for its owner and its group alone from its first moment.
process.umask(0o117);
const keeper = await KeeperServer.start({
	path,
	verbs,
	say: (sentence) => void process.stdout.write(`${sentence}\n`),
});
process.umask(0o022);
process.on('SIGTERM', () => void keeper.close());
