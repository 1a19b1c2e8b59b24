/**
 * A lock between processes: a file that its holder touches every few seconds.
 *
 * A process that died without letting go is seen by the file's age, which also works
 * where process numbers say nothing, as between containers that share a cache.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Advice } from './log.mjs';

const BEAT_MS = 3_000;
const STALE_MS = 15_000;

/**
 * Runs work while no other process holds the lock.
 * @template T
 * @param {string} file the lock file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void, beatMs?: number, staleMs?: number }} [options] onWait is called once if another process holds it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait, beatMs = BEAT_MS, staleMs = STALE_MS } = {}) {
  const token = randomUUID();
  const dir = path.dirname(file);
  await mkdir(dir, { recursive: true }).catch((/** @type {unknown} */ error) => {
    throw new Advice(`The folder ${dir} cannot be made (${error instanceof Error ? error.message : String(error)}); set XDG_CACHE_HOME to a folder that this user may write in.`);
  });
  let waited = false;
  while (!(await take(file, token))) {
    await dropIfStale(file, staleMs);
    if (!waited) onWait?.();
    waited = true;
    await sleep(Math.min(500, beatMs));
  }
  const beat = setInterval(() => {
    const now = new Date();
    // A missing file means that somebody took this process for dead; the result is renamed into place whole, so that is harmless.
    utimes(file, now, now).catch(() => undefined);
  }, beatMs);
  const release = () => {
    try {
      if (readFileSync(file, 'utf8') === token) rmSync(file);
    } catch {
      // Gone already.
    }
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} file
 * @param {string} token
 */
async function take(file, token) {
  try {
    await writeFile(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Removes a lock whose holder is gone. It is moved aside first, so that of two that see it stale only one removes it.
 * @param {string} file
 * @param {number} staleMs
 */
async function dropIfStale(file, staleMs) {
  try {
    const before = await readFile(file, 'utf8');
    if (Date.now() - (await stat(file)).mtimeMs < staleMs) return;
    if ((await readFile(file, 'utf8')) !== before) return;
    const aside = `${file}.${randomUUID()}`;
    await rename(file, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
