#!/usr/bin/env node
/** `npx vitrine COMMAND`: the command line, by the same door as the npm scripts, so it runs on Node 20 too. */
process.argv.splice(2, 0, 'command-line');
await import('./run.mjs');
