/** Gives a part of the host a process of its own: what it does to files goes through system calls like everyone's. */
import type { Kernel } from '#kernel/kernel.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import type { LogonSession } from '#kernel/sessions/logon-session.ts';
import { System } from '#runtime/system.ts';
import type { Token } from '#security/token.ts';
import { portOf } from './message-port.ts';

/** The process is in the same Worker as the kernel; `processExit` ends it. */
export function attachProcess(kernel: Kernel, program: string, token: Token, session?: LogonSession): System {
	const { port1, port2 } = new MessageChannel();
	const system = new System(portOf(port2));
	const running = { connection: new PortConnection(portOf(port1)), terminate: () => system.close() };
	kernel.attach(program, token, running, session);
	return system;
}
