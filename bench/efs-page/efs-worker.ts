/** Encrypted files over the browser's private files, with the vault's own Worker, without a kernel above. */
import { hostClock } from '#hosts/common/host-clock.ts';
import { hostRandom } from '#hosts/common/host-random.ts';
import { makeVault } from '#hosts/web/make-vault.ts';
import { startEngine } from '#hosts/web/open-web-volume.ts';
import { OpfsBlockStore } from '#hosts/web/opfs-block-store.ts';
import { openVolume } from '#volume/open-volume.ts';
import { measureEncryption } from './measure.ts';

async function measure() {
	const store = await OpfsBlockStore.open('encrypted');
	const volume = await openVolume(store, { engine: await startEngine(), clock: hostClock, random: hostRandom });
	const vault = makeVault();
	await vault.prepare();
	try {
		return await measureEncryption(volume, vault);
	} finally {
		volume.close();
		vault.close();
	}
}

measure().then(
	(figures) => postMessage({ figures }),
	(error: unknown) => postMessage({ failure: String(error) }),
);
