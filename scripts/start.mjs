/**
 * `npm start`: makes everything ready that is not, and runs the server.
 *
 * Plain JavaScript with types in comments, here and in lib/: it must run under the Node that a machine
 * happens to have, from 18 on, before there is one that takes TypeScript.
 */
import { runMain, say } from './lib/log.mjs';
import { underRightNode } from './lib/node-runtime.mjs';
import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { become, childEnv } from './lib/process.mjs';

await runMain(() =>
  underRightNode(async () => {
    const { workerBin } = await prepare({ dev: process.env['NODE_ENV'] !== 'production', worker: true, web: true });
    say('→ Starting the server');
    return become(process.execPath, [inRoot('server', 'main.ts'), ...process.argv.slice(2)], childEnv({ MEDIASOUP_WORKER_BIN: workerBin }));
  }),
);
