/**
 * The stages of `npm test`: what each runs, what it needs, and how its result is counted.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from './paths.mjs';
import { childEnv, handOver } from './process.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {boolean} [worker] needs the media worker
 * @property {boolean} [web] needs the built web client, or the type declarations that its build writes
 * @property {readonly import('./system-tools.mjs').Tool[]} [tools]
 * @property {(env: NodeJS.ProcessEnv) => Promise<Count>} run
 *
 * @typedef {object} VitestFile
 * @property {string} [status]
 * @property {readonly { status?: string }[]} [assertionResults]
 *
 * @typedef {object} VitestReport
 * @property {boolean} [success]
 * @property {readonly VitestFile[]} [testResults]
 */

/** @type {import('./system-tools.mjs').Tool[]} */
const SERVICES = [
  { package: 'redis-server', commands: ['redis-server'] },
  { package: 'postgresql', commands: ['postgres'] },
  { package: 'ffmpeg', commands: ['ffmpeg'] },
];
/** @type {import('./system-tools.mjs').Tool[]} */
const BROWSER = [
  { package: 'chromium', commands: ['chromium', 'chromium-browser', 'google-chrome'] },
  { package: 'fontconfig', commands: ['fc-list'] },
  { package: 'fonts-noto-cjk', fonts: 'zh-cn' },
];

/** @type {readonly Stage[]} */
export const STAGES = [
  { name: 'eslint', web: true, run: check('eslint', 'bin/eslint.js', ['.']) },
  { name: 'tsc', web: true, run: check('typescript', 'bin/tsc', ['-p', 'tsconfig.json']) },
  { name: 'tsc e2e', web: true, run: check('typescript', 'bin/tsc', ['-p', 'tsconfig.e2e.json']) },
  { name: 'vue-tsc', web: true, run: check('vue-tsc', 'bin/vue-tsc.js', ['-p', 'tsconfig.web.json']) },
  { name: 'unit', run: vitest('unit') },
  { name: 'integration', worker: true, web: true, tools: SERVICES, run: vitest('integration') },
  { name: 'e2e', worker: true, web: true, tools: [...SERVICES, ...BROWSER], run: vitest('e2e') },
];

/**
 * A program whose exit code is its result: one check.
 * @param {string} name its package
 * @param {string} file its entry in the package
 * @param {readonly string[]} args
 * @returns {Stage['run']}
 */
function check(name, file, args) {
  return async (env) => {
    const code = await handOver(process.execPath, [inRoot('node_modules', name, ...file.split('/')), ...args], env);
    return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  };
}

/**
 * @param {string} project a project of vitest.config.ts
 * @returns {Stage['run']}
 */
function vitest(project) {
  return async (env) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'fangtan-test-'));
    try {
      const file = path.join(dir, 'report.json');
      const args = ['run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
      const code = await handOver(process.execPath, [inRoot('node_modules', 'vitest', 'vitest.mjs'), ...args], childEnv({ ...env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) }));
      const report = await readFile(file, 'utf8').then(
        (text) => /** @type {VitestReport} */ (JSON.parse(text)),
        () => undefined,
      );
      return countVitest(report, code);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  };
}

/**
 * Counts a vitest run. Whatever went wrong counts as a failure: a file that could not be loaded,
 * an error outside of any test, a run that left no report, and a run without a test.
 * @param {VitestReport | undefined} report
 * @param {number} exitCode
 * @returns {Count}
 */
export function countVitest(report, exitCode) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    const results = file.assertionResults ?? [];
    for (const { status } of results) {
      if (status === 'passed') count.passed += 1;
      else if (status === 'failed') count.failed += 1;
      else count.skipped += 1;
    }
    if (file.status === 'failed' && !results.some(({ status }) => status === 'failed')) count.failed += 1;
  }
  const wrong = exitCode !== 0 || count.passed + count.failed === 0;
  return wrong && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  return counts.reduce(
    (total, count) => ({ passed: total.passed + count.passed, failed: total.failed + count.failed, skipped: total.skipped + count.skipped }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * The closing line.
 * @param {Count} count
 */
export function closingLine({ passed, failed, skipped }) {
  return `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`;
}
