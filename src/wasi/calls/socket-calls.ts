/** Sockets: `sock_*`. A program has none, and nothing else is one. */
import type { Guest } from '../guest.ts';
import { errno, WasiError } from '../wasi-numbers.ts';

export function createSocketCalls({ descriptors }: Guest) {
	const refuse = (fd: number): never => {
		descriptors.get(fd);
		throw new WasiError(errno.notsock);
	};
	return { sock_accept: refuse, sock_recv: refuse, sock_send: refuse, sock_shutdown: refuse };
}
