/**
 * Stamps: the hash of files' names and contents, to see whether something must be made anew.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The hash of the given files and of everything under the given folders. What is missing counts as missing.
 * @param {string} base the folder that names are relative to
 * @param {readonly string[]} names
 * @param {{ skip?: (name: string) => boolean }} [options] names to leave out, relative to base
 * @returns {Promise<string>} 64 hex digits
 */
export async function hashTree(base, names, { skip = () => false } = {}) {
  const hash = createHash('sha256');
  for (const name of [...names].sort()) {
    for (const file of await filesOf(base, name)) {
      if (skip(file)) continue;
      const content = await readFile(path.join(base, file));
      hash.update(`${file}\0${String(content.length)}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} base
 * @param {string} name
 * @returns {Promise<string[]>}
 */
async function filesOf(base, name) {
  try {
    const entries = await readdir(path.join(base, name), { withFileTypes: true });
    const nested = await Promise.all(
      entries
        .filter((entry) => entry.isDirectory() || entry.isFile())
        .map((entry) => (entry.isDirectory() ? filesOf(base, `${name}/${entry.name}`) : [`${name}/${entry.name}`])),
    );
    return nested.flat().sort();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTDIR') return [name];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
