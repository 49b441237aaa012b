/** A thread for one work of the key vault that takes long. */
import { parentPort } from 'node:worker_threads';
import { serveSlowWork } from '#vault/worker/serve-slow-work.ts';
import type { SlowRequest } from '#vault/worker/slow-work.ts';

parentPort?.once('message', async (request: SlowRequest) => parentPort?.postMessage(await serveSlowWork(request)));
