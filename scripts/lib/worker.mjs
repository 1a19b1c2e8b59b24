/**
 * The media worker: the program behind mediasoup that carries sound and picture.
 *
 * Taken from the first of: MEDIASOUP_WORKER_BIN; the cache; mediasoup's release page; a build from the
 * npm package's own source. The cache is keyed by the mediasoup version and by all that decides what a build gives.
 */
import { access, constants, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD_TOOLS, buildWorker } from '../media-worker/build.mjs';
import { downloadWorker } from '../media-worker/download.mjs';
import { hashTree } from './hash.mjs';
import { withLock } from './lock.mjs';
import { Advice, say, step } from './log.mjs';
import { cacheDir, inRoot } from './paths.mjs';
import { run } from './process.mjs';
import { ensureTools } from './system-tools.mjs';

/** What decides what a build gives, in scripts/media-worker. */
const RECIPE = ['build.mjs', 'source.mjs', 'subprojects'];
const VERIFY = fileURLToPath(new URL('../media-worker/verify.mjs', import.meta.url));
/** A worker that is started by hand says by this exit code that it runs but was not given what it needs. */
const EXIT_BARE = 41;

/**
 * @returns {Promise<string>} the path of a worker that starts on this machine
 */
export async function ensureWorker() {
  const given = await givenWorker();
  if (given !== undefined) {
    const bin = path.resolve(inRoot(), given);
    await access(bin, constants.X_OK).catch(() => {
      throw new Advice(`MEDIASOUP_WORKER_BIN names ${bin}, which is no program that can be run; correct it, or leave it out to let one be built.`);
    });
    return bin;
  }

  const packageDir = inRoot('node_modules', 'mediasoup');
  const { version } = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8'));
  const recipe = await hashTree(inRoot('scripts', 'media-worker'), RECIPE);
  const key = `${version}-${process.platform}-${process.arch}-${recipe.slice(0, 12)}`;
  const dir = path.join(cacheDir(), 'media-worker', key);
  const bin = path.join(dir, 'mediasoup-worker');
  if (await starts(bin)) return bin;

  const onWait = () => {
    say('→ Another start is making the media worker: waiting for it …');
  };
  return withLock(path.join(dir, 'lock'), () => make(packageDir, dir, bin), { onWait });
}

/**
 * @param {string} packageDir
 * @param {string} dir
 * @param {string} bin
 */
async function make(packageDir, dir, bin) {
  // Another start may have made it while this one waited.
  if (await starts(bin)) return bin;
  const work = path.join(dir, 'work');
  await rm(work, { recursive: true, force: true });

  const fetched = await fetchWorker(packageDir, path.join(work, 'download'));
  if (fetched) {
    await rename(fetched, bin);
  } else {
    await ensureTools(BUILD_TOOLS, 'to build the media worker');
    const built = await step('Building the media worker from source (once per version; 5 to 10 minutes on two cores)', () =>
      buildWorker(path.join(packageDir, 'worker'), path.join(work, 'build'), path.join(dir, 'build.log')),
    );
    const tried = await verify(built);
    if (tried !== undefined) {
      throw new Advice(`The media worker was built, but does not work here: ${tried}\nIt stays for inspection at ${built}. With a worker from elsewhere, set MEDIASOUP_WORKER_BIN to its path.`);
    }
    await rename(built, bin);
  }
  await rm(work, { recursive: true, force: true });
  return bin;
}

/**
 * @param {string} packageDir
 * @param {string} dir
 * @returns {Promise<string | undefined>}
 */
async function fetchWorker(packageDir, dir) {
  say('→ Fetching the media worker from mediasoup’s release page …');
  try {
    const bin = await downloadWorker(packageDir, dir);
    const tried = await verify(bin);
    if (tried !== undefined) throw new Error(`it does not work here: ${tried}`);
    say('✓ Media worker fetched');
    return bin;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    say(`  not to be had there (${error instanceof Error ? error.message : String(error)}${cause}), so it is built here`);
    return undefined;
  }
}

/**
 * MEDIASOUP_WORKER_BIN from the environment or from .env.
 * @returns {Promise<string | undefined>}
 */
async function givenWorker() {
  const name = 'MEDIASOUP_WORKER_BIN';
  if (process.env[name]) return process.env[name];
  const env = await readFile(inRoot('.env'), 'utf8').catch(() => '');
  return new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=\\s*(["']?)(.+?)\\1\\s*$`, 'm').exec(env)?.[2];
}

/**
 * Whether the program exists and finds its shared libraries.
 * @param {string} bin
 */
async function starts(bin) {
  const env = { ...process.env };
  delete env['MEDIASOUP_VERSION'];
  return (await run(bin, [], { env, timeoutMs: 5_000 })).code === EXIT_BARE;
}

/**
 * @param {string} bin
 * @returns {Promise<string | undefined>} what is wrong with it; nothing when it works
 */
async function verify(bin) {
  const { code, output } = await run(process.execPath, [VERIFY, bin], { timeoutMs: 30_000 });
  return code === 0 ? undefined : output.trim() || `exit code ${String(code)}`;
}
