/**
 * `npm test [-- STAGE …]`: makes everything ready that is not, and runs all checks and tests, or the named stages.
 *
 * Plain JavaScript, since it must run under an old Node first: see start.mjs.
 */
import { closingLine, STAGES, sum } from './lib/checks.mjs';
import { Advice, complain, duration, runMain, say } from './lib/log.mjs';
import { underRightNode } from './lib/node-runtime.mjs';
import { prepare } from './lib/prepare.mjs';
import { childEnv, interruption } from './lib/process.mjs';
import { ensureTools } from './lib/system-tools.mjs';

await runMain(() =>
  underRightNode(async () => {
    const asked = process.argv.slice(2);
    const unknown = asked.filter((name) => !STAGES.some((stage) => stage.name === name));
    if (unknown.length > 0) throw new Advice(`There is no test stage ${unknown.join(', ')}; there are: ${STAGES.map((stage) => stage.name).join(', ')}.`);
    const stages = asked.length === 0 ? STAGES : STAGES.filter((stage) => asked.includes(stage.name));

    const tools = [...new Map(stages.flatMap((stage) => stage.tools ?? []).map((tool) => [tool.package, tool])).values()];
    if (tools.length > 0) await ensureTools(tools, 'for the tests');
    const { workerBin } = await prepare({ dev: true, worker: stages.some((stage) => stage.worker), web: false });
    const env = childEnv(workerBin === undefined ? {} : { MEDIASOUP_WORKER_BIN: workerBin });

    /** @type {{ name: string, count: import('./lib/checks.mjs').Count, ms: number }[]} */
    const results = [];
    if (stages.some((stage) => stage.web)) {
      // A client that cannot be built is a failure among others: the rest is still to be seen.
      const begun = performance.now();
      const built = await prepare({ dev: true, worker: false, web: true }).then(
        () => true,
        (/** @type {unknown} */ error) => {
          complain(error);
          return false;
        },
      );
      if (!built) results.push({ name: 'web client', count: { passed: 0, failed: 1, skipped: 0 }, ms: performance.now() - begun });
    }
    for (const stage of stages) {
      say(`→ ${stage.name} …`);
      const begun = performance.now();
      const count = await stage.run(env);
      if (interruption() !== undefined) return interruption();
      const ms = performance.now() - begun;
      results.push({ name: stage.name, count, ms });
      say(`${count.failed === 0 ? '✓' : '✗'} ${stage.name}: ${closingLine(count)} in ${duration(ms)}`);
    }

    const total = sum(results.map(({ count }) => count));
    say('');
    for (const { name, count, ms } of results) {
      say(`${count.failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${closingLine(count)}  (${duration(ms)})`);
    }
    say('');
    say(closingLine(total));
    return total.failed === 0 ? 0 : 1;
  }),
);
