/**
 * The keyboard layout in the header of an encrypted data partition: its passphrase is typed before anything of the partition
 * can be read, and on another layout the same keys are another passphrase.
 *
 * The token is `{ "type": "vitrine-keyboard", "keyslots": [], "layouts": "de us" }` (LUKS2 On-Disk Format, section 3.4); at the
 * start `apply-settings` reads it.
 */
import { runTool } from './run-tool.ts';

const tokenNumber = '30';

/** `layouts` as in the file of the setting. Anybody can read it. */
export async function writeHeaderLayout(partition: string, layouts: string): Promise<void> {
	const input = JSON.stringify({ type: 'vitrine-keyboard', keyslots: [], layouts });
	await runTool('cryptsetup', ['token', 'import', '--token-id', tokenNumber, '--token-replace', partition], { input });
}
