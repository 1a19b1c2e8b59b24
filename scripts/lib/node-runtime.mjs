/**
 * The Node that everything runs under.
 *
 * The server is TypeScript that Node runs as it is, which takes Node 24; machines in the field still
 * have older ones. There the pinned version is installed from the npm registry, where Node's own
 * builds are packages, into the cache, and the script starts again under it.
 */
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { Advice, say, step } from './log.mjs';
import { cacheDir, inRoot } from './paths.mjs';
import { childEnv, handOver, head, run } from './process.mjs';
import { ensureTools } from './system-tools.mjs';

/** The oldest Node that serves as it is. */
export const LEAST_MAJOR = 24;

/**
 * @param {string} version such as "v20.11.1"
 * @param {number} [least]
 */
export function isNewEnough(version, least = LEAST_MAJOR) {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1] ?? Number.NaN);
  return major >= least;
}

/**
 * Runs main under a Node that is new enough: in this process, or in a new one of the same command line.
 * @param {() => Promise<number | void>} main
 * @returns {Promise<number | void>} the exit code
 */
export async function underRightNode(main) {
  if (isNewEnough(process.version)) return main();
  const node = await ensureNode();
  return handOver(node, process.argv.slice(1), childEnv({}, node));
}

/** @returns {Promise<string>} the path of the pinned Node, installed if it was not */
async function ensureNode() {
  const version = (await readFile(inRoot('.nvmrc'), 'utf8')).trim();
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const dir = path.join(cacheDir(), 'node', `${version}-${process.platform}-${process.arch}`);
  const node = path.join(dir, 'bin', 'node');
  if (await exists(node)) return node;

  const onWait = () => {
    say('→ Another start is installing Node: waiting for it …');
  };
  return withLock(
    `${dir}.lock`,
    async () => {
      if (await exists(node)) return node;
      await step(`Installing Node ${version} (this machine has ${process.version}; ${String(LEAST_MAJOR)} or newer is needed)`, async () => {
        const work = `${dir}.work`;
        await rm(work, { recursive: true, force: true });
        await mkdir(work, { recursive: true });
        const installed = await run(
          'npm',
          ['install', '--prefix', work, '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`],
          { cwd: work, env: process.env },
        );
        const found = path.join(work, 'node_modules', name);
        const tryIt = () => run(path.join(found, 'bin', 'node'), ['--version'], { cwd: work });
        // The one library that Node's builds take from the system and that a small Debian does not have.
        const works = async () => !(await tryIt()).output.includes('libatomic.so.1');
        if (!(await works())) await ensureTools([{ package: 'libatomic1', works }], 'for Node');
        const tried = await tryIt();
        if (tried.output.trim() !== `v${version}`) {
          const why = installed.code === 0 ? tried.output : head(installed.output);
          throw new Advice(`Node ${version} could not be had from the npm registry as ${name}; install Node ${String(LEAST_MAJOR)} or newer by hand and start again.\n${why}`);
        }
        await rm(dir, { recursive: true, force: true });
        await rename(found, dir);
        await rm(work, { recursive: true, force: true });
      });
      return node;
    },
    { onWait },
  );
}

/** @param {string} file */
async function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
