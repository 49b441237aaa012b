/** Who may start and stop services. The kernel asks here and nowhere else. */
import type { Decision, Token } from './token.ts';

export function decideServiceControl({ integrity }: Token): Decision {
	return integrity === 'user' ? { allowed: false, reason: 'services need an administrator' } : { allowed: true };
}
