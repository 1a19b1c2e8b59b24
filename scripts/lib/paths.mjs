/**
 * Where things are: the project's root and the cache outside the work tree.
 */
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What is costly to make and not bound to one checkout: a Node runtime, the media worker. */
export function cacheDir() {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'fangtan');
}

/**
 * A path in the project.
 * @param {...string} parts
 */
export function inRoot(...parts) {
  return path.join(root, ...parts);
}
