/** What `npx vitrine` runs under Node 24. */
import { runCommandLine } from '#hosts/node/command-line.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), {
	// Serving the desktop builds it first, which is the tools' work.
	start: () => import('./start.ts'),
});
