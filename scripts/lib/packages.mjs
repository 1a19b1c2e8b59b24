/**
 * The npm packages, as package-lock.json names them.
 */
import { createHash } from 'node:crypto';
import { access, readFile, writeFile } from 'node:fs/promises';
import { Advice, step } from './log.mjs';
import { inRoot } from './paths.mjs';
import { childEnv, head, run } from './process.mjs';

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [peer]
 * @property {boolean} [link]
 *
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

const STAMP = inRoot('node_modules', '.fangtan-lock');

/**
 * Whether an installed tree, by the lock that npm leaves in node_modules, is what the project's lock asks for.
 * Packages for other platforms may be absent; nothing else may, and nothing may differ.
 * @param {Lock} wanted
 * @param {Lock} installed
 * @param {{ dev: boolean }} options dev: the development packages must be there too
 */
export function installedMatches(wanted, installed, { dev }) {
  const have = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {}).every(([name, entry]) => {
    if (name === '') return true;
    const found = have[name];
    if (found) return found.version === entry.version;
    return Boolean(entry.optional) || Boolean(entry.devOptional) || (!dev && Boolean(entry.dev));
  });
}

/**
 * Installs the packages unless they are there already as the lock asks.
 * @param {{ dev: boolean }} options dev: with the packages for development and tests
 */
export async function ensurePackages({ dev }) {
  const lockText = await readFile(inRoot('package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const full = `${hash} with development packages\n`;
  const stamp = await readFile(STAMP, 'utf8').catch(() => '');
  if (stamp === full || (!dev && stamp === `${hash}\n`)) return;
  // Somebody who ran npm by hand has no stamp, and need not wait for the same again.
  if (await isInstalled(JSON.parse(lockText), dev)) {
    await writeFile(STAMP, dev ? full : `${hash}\n`);
    return;
  }

  await step('Installing npm packages', async () => {
    // Not `npm ci`: it refuses a lock that leaves out other platforms' packages, and many mirrors have only some of
    // them. This keeps to the lock as well (which is looked at below), does not write it, and changes only what differs.
    const args = ['install', '--no-save', dev ? '--include=dev' : '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await run('npm', args, {
      // With any value here mediasoup's install script neither downloads nor builds: that is a step of its own.
      env: childEnv({ MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'] || 'made-by-npm-start' }),
    });
    if (code !== 0) throw new Advice(`npm could not install the packages; is the npm registry reachable, and is there room on the disk?\n${head(output)}`);
    if (!(await isInstalled(JSON.parse(lockText), dev))) {
      throw new Advice('npm installed other packages than package-lock.json names; remove the folder node_modules and start again.');
    }
  });
  await writeFile(STAMP, dev ? full : `${hash}\n`);
}

/**
 * Whether node_modules is what the lock asks for.
 * @param {Lock} wanted
 * @param {boolean} dev
 */
async function isInstalled(wanted, dev) {
  try {
    await access(inRoot('node_modules', 'mediasoup', 'package.json'));
    return installedMatches(wanted, JSON.parse(await readFile(inRoot('node_modules', '.package-lock.json'), 'utf8')), { dev });
  } catch {
    return false;
  }
}
