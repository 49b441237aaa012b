import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser } from '../browser/browser.ts';

const out = '/tmp/a-boot-out';
await build({
	configFile: '/work/main/vite.config.ts',
	logLevel: 'warn',
	root: '/tmp/a-boot',
	publicDir: false,
	build: { outDir: out, emptyOutDir: true },
});
const server = await startStaticServer(await StaticSite.read(out), 0);
const browser = await launchBrowser();
const page = await browser.newPage();
const end = Promise.withResolvers<void>();
page.on('pageerror', (e) => {
	console.log('ERR', e.stack);
	end.resolve();
});
page.on('console', (m) => console.log('console', m.text()));
await page.exposeFunction('report', (t: string) => {
	console.log(t);
	if (t === 'end') end.resolve();
});
for (let i = 0; i < 1; i++) {
	await page.goto(server.url);
	await new Promise((r) => setTimeout(r, 12000));
}
await end.promise;
await browser.close();
await server.close();
