/**
 * The worker's source made ready to be built with a Debian system's libraries.
 *
 * The npm package carries the worker's C++ source, but its build fetches seven libraries and a newer
 * meson from places that many government networks cannot reach. So it is copied, each library gets a
 * small folder that hands on the system's own (see subprojects/), and two lines are changed.
 */
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ADAPTERS = fileURLToPath(new URL('./subprojects/', import.meta.url));

/**
 * @typedef {object} Edit
 * @property {string} file
 * @property {string} from
 * @property {string} to
 */

/** @type {readonly Edit[]} */
const EDITS = [
  // Debian 12 has meson 1.0.1, which suffices.
  { file: 'meson.build', from: "meson_version: '>= 1.1.0'", to: "meson_version: '>= 1.0.0'" },
  // This callback answers 1 for every finished operation that is not BIO_CB_RETURN alone, so OpenSSL hears "yes" when it
  // asks the BIO whether the kernel does TLS, allocates no write buffer, and the worker dies at the first DTLS
  // handshake. OpenSSL builds without kernel TLS never ask; Debian's asks.
  {
    file: 'src/RTC/DtlsTransport.cpp',
    from: '(operationType == BIO_CB_RETURN) ?',
    to: '((operationType & BIO_CB_RETURN) != 0) ?',
  },
];

/**
 * The folder in which meson looks for a library, by its .wrap file.
 * @param {string} wrap the .wrap file's text
 */
export function wrapDirectory(wrap) {
  const found = /^directory\s*=\s*(\S+)\s*$/m.exec(wrap);
  if (!found?.[1]) throw new Error('a .wrap file of the media worker names no directory');
  return found[1];
}

/**
 * Copies the worker's source to a new folder and adapts it there.
 * @param {string} from mediasoup's worker folder
 * @param {string} to
 */
export async function prepareSource(from, to) {
  await cp(from, to, { recursive: true, filter: (name) => !/[/\\]worker[/\\](?:out|prebuild)$/.test(name) });
  for (const edit of EDITS) {
    const file = path.join(to, edit.file);
    const text = await readFile(file, 'utf8');
    if (!text.includes(edit.from)) {
      throw new Error(`this mediasoup's worker/${edit.file} has no line with: ${edit.from}\nAdapt scripts/media-worker/source.mjs to it.`);
    }
    await writeFile(file, text.replace(edit.from, edit.to));
  }
  for (const name of await readdir(ADAPTERS)) {
    const wrap = await readFile(path.join(to, 'subprojects', `${name}.wrap`), 'utf8');
    await cp(path.join(ADAPTERS, name), path.join(to, 'subprojects', wrapDirectory(wrap)), { recursive: true });
  }
}
