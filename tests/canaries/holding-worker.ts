/** A program that has had a canary, still holds what it was told to, and writes down what its memory has. */
import { canaryText } from './canary.ts';
import { dumpMemory } from './memory-dump.ts';

const [folder = '', holds] = process.argv.slice(2);

function take(): unknown {
	const bytes = canaryText('held', 1, 8192);
	if (holds === 'text') return `${new TextDecoder('latin1').decode(bytes)}.`;
	if (holds === 'buffer') return bytes;
	if (holds !== 'shared') return undefined;
	const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
	shared.set(bytes);
	return shared;
}

const held = take();
await dumpMemory(folder);
if (held !== undefined && holds === 'nothing') throw new Error('it holds something');
