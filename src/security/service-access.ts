/** Who may start and stop services. The kernel asks here and nowhere else. */
import { type Decision, isAdministrator, type Token } from './token.ts';

export function decideServiceControl(token: Token): Decision {
	return isAdministrator(token) ? { allowed: true } : { allowed: false, reason: 'services need an administrator' };
}
