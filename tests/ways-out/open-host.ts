/** The planted defect of the ways out: the site as a tab gets it, without a key to a PC, so that no key is kept. */
import { writeFile } from 'node:fs/promises';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';

await startStaticServer(await StaticSite.read(process.env.VITRINE_SITE ?? ''), 7070);
await writeFile(process.env.VITRINE_READY ?? '', '');
