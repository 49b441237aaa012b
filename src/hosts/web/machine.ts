/** The PC that this page has for itself; `undefined` in a tab. The page's first script imports this. */
import { type MachineClient, takeMachine } from './machine-client.ts';

export const machine: MachineClient | undefined = takeMachine();
