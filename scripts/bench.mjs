/**
 * `npm run bench [-- NAME]`: runs the benchmarks in tests/bench, all or one.
 *
 * Plain JavaScript, since it must run under an old Node first: see start.mjs.
 */
import { readdir } from 'node:fs/promises';
import { Advice, runMain, say } from './lib/log.mjs';
import { underRightNode } from './lib/node-runtime.mjs';
import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { childEnv, handOver, interruption } from './lib/process.mjs';

const SUFFIX = '.bench.ts';

await runMain(() =>
  underRightNode(async () => {
    const files = await readdir(inRoot('tests', 'bench')).catch(() => /** @type {string[]} */ ([]));
    const names = files.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length)).sort();
    const asked = process.argv[2];
    if (asked !== undefined && !names.includes(asked)) throw new Advice(`There is no benchmark ${asked}; there are: ${names.join(', ')}.`);
    if (names.length === 0) throw new Advice('There are no benchmarks in tests/bench.');

    const { workerBin } = await prepare({ dev: true, worker: true, web: true });
    let worst = 0;
    for (const name of asked === undefined ? names : [asked]) {
      say(`→ Benchmark ${name}`);
      const code = await handOver(process.execPath, [inRoot('tests', 'bench', `${name}${SUFFIX}`)], childEnv({ MEDIASOUP_WORKER_BIN: workerBin }));
      if (code !== 0) say(`✗ Benchmark ${name}: exit code ${String(code)}`);
      if (interruption() !== undefined) return interruption();
      worst = Math.max(worst, code);
    }
    return worst;
  }),
);
