/** A Worker for one work of the key vault that takes long. */
import { serveSlowWork } from '#vault/worker/serve-slow-work.ts';
import type { SlowRequest } from '#vault/worker/slow-work.ts';

addEventListener('message', async ({ data }: MessageEvent<SlowRequest>) => postMessage(await serveSlowWork(data)));
