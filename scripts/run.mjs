/**
 * `node scripts/run.mjs FILE [ARGUMENTS]`: runs a TypeScript file of the project under the right Node.
 *
 * Plain JavaScript, since it must run under an old Node first: see start.mjs.
 */
import { Advice, runMain } from './lib/log.mjs';
import { underRightNode } from './lib/node-runtime.mjs';
import { prepare } from './lib/prepare.mjs';
import { become, childEnv } from './lib/process.mjs';

await runMain(() => {
  const [file, ...args] = process.argv.slice(2);
  if (!file) throw new Advice('usage: node scripts/run.mjs FILE [ARGUMENTS]');
  return underRightNode(async () => {
    await prepare({ dev: process.env['NODE_ENV'] !== 'production', worker: false, web: false });
    return become(process.execPath, [file, ...args], childEnv());
  });
});
