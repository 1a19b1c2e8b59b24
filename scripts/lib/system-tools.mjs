/**
 * Programs and libraries of the system: which are missing, and bringing them with apt where that is allowed.
 */
import { access, constants, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Advice, step } from './log.mjs';
import { run, tail } from './process.mjs';

/**
 * @typedef {object} Tool
 * @property {string} package the Debian package that brings it
 * @property {readonly string[]} [commands] any one of these programs serves
 * @property {string} [library] a library that pkg-config knows
 * @property {() => Promise<boolean>} [works] anything else that shows it is there
 * @property {string} [fonts] a language that some font must cover, as fontconfig names it
 */

/** Where Debian puts programs that are not on everyone's PATH. */
const EXTRA_DIRS = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

/**
 * The first of the given programs that is on this machine.
 * @param {readonly string[]} names
 * @param {readonly string[]} [extraDirs]
 * @returns {Promise<string | undefined>} its path
 */
export async function findCommand(names, extraDirs = []) {
  const dirs = [...(process.env['PATH'] ?? '').split(path.delimiter), ...EXTRA_DIRS, ...extraDirs, ...(await postgresDirs())];
  for (const name of names) {
    for (const dir of dirs) {
      const file = path.join(dir, name);
      try {
        await access(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

/** Debian keeps PostgreSQL's server programs apart by version, off the PATH. */
async function postgresDirs() {
  const base = '/usr/lib/postgresql';
  const versions = await readdir(base).catch(() => /** @type {string[]} */ ([]));
  return versions.map((version) => path.join(base, version, 'bin'));
}

/** @param {Tool} tool */
async function isPresent(tool) {
  if (tool.commands && !(await findCommand(tool.commands))) return false;
  if (tool.library && (await run('pkg-config', ['--exists', tool.library])).code !== 0) return false;
  if (tool.works && !(await tool.works())) return false;
  if (tool.fonts) {
    const listed = await run('fc-list', [`:lang=${tool.fonts}`, 'family']);
    if (listed.code !== 0 || listed.output.trim() === '') return false;
  }
  return true;
}

/**
 * @param {readonly Tool[]} tools
 * @returns {Promise<string[]>} the Debian packages that would bring what is missing
 */
export async function missingPackages(tools) {
  const present = await Promise.all(tools.map(isPresent));
  return tools.filter((_tool, at) => !present[at]).map((tool) => tool.package);
}

/**
 * Sees to it that the tools are there: installs what is missing where apt may be used without asking for a password.
 * @param {readonly Tool[]} tools
 * @param {string} purpose what they are for, as in "… are needed PURPOSE"
 */
export async function ensureTools(tools, purpose) {
  const missing = await missingPackages(tools);
  if (missing.length === 0) return;
  const command = `apt-get install ${missing.join(' ')}`;
  const one = missing.length === 1;
  const advice = `${one ? 'This Debian package is' : 'These Debian packages are'} needed ${purpose} and not installed: ${missing.join(', ')}; install ${one ? 'it' : 'them'} with: sudo ${command}`;
  const prefix = await aptPrefix();
  if (!prefix) throw new Advice(advice);

  await step(`Installing Debian packages ${purpose}: ${missing.join(' ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    /** @param {readonly string[]} args */
    const apt = (args) => {
      const [first = 'apt-get', ...rest] = [...prefix, 'apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=120', ...args];
      return run(first, rest, { env });
    };
    const update = await apt(['update']);
    const install = await apt(['install', '--no-install-recommends', ...missing]);
    if (install.code !== 0) {
      throw new Advice(`${advice}\napt-get failed here:\n${tail(update.code === 0 ? install.output : update.output + install.output, 12)}`);
    }
  });
  const still = await missingPackages(tools);
  if (still.length > 0) throw new Advice(`apt-get installed ${still.join(', ')}, but what ${still.length === 1 ? 'it brings' : 'they bring'} is still not found.`);
}

/**
 * What to put before apt-get; nothing where it may not be used.
 * @returns {Promise<readonly string[] | undefined>}
 */
async function aptPrefix() {
  if (!(await findCommand(['apt-get']))) return undefined;
  if (process.getuid?.() === 0) return [];
  return (await run('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive'] : undefined;
}
