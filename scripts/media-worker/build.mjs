/**
 * Builds the media worker from the source in mediasoup's npm package, with the system's libraries.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Advice, progress } from '../lib/log.mjs';
import { run, tail } from '../lib/process.mjs';
import { describeNinja, parseNinja } from './ninja.mjs';
import { prepareSource } from './source.mjs';

/**
 * What the build needs of the system: how to see that it is there, and the Debian package that brings it.
 * @type {readonly import('../lib/system-tools.mjs').Tool[]}
 */
export const BUILD_TOOLS = [
  { package: 'g++', commands: ['g++'] },
  { package: 'meson', commands: ['meson'] },
  { package: 'ninja-build', commands: ['ninja'] },
  { package: 'pkg-config', commands: ['pkg-config'] },
  { package: 'libssl-dev', library: 'libssl' },
  { package: 'libuv1-dev', library: 'libuv' },
  { package: 'libsrtp2-dev', library: 'libsrtp2' },
  { package: 'libabsl-dev', library: 'absl_flat_hash_map' },
  { package: 'flatbuffers-compiler', commands: ['flatc'] },
  { package: 'libflatbuffers-dev', library: 'flatbuffers' },
];

/**
 * @param {string} source mediasoup's worker folder
 * @param {string} dir an empty folder to build in
 * @param {string} logFile keeps all that the build printed
 * @returns {Promise<string>} the built worker
 */
export async function buildWorker(source, dir, logFile) {
  const tree = path.join(dir, 'worker');
  const out = path.join(dir, 'out');
  await mkdir(dir, { recursive: true });
  await prepareSource(source, tree);
  const setup = await run(
    'meson',
    // nodownload: a library without an adapter shall fail the build at once, not after a long wait for the network.
    ['setup', out, tree, '--buildtype', 'release', '-Db_ndebug=true', '-Dcpp_link_args=-s', '--wrap-mode', 'nodownload'],
    { cwd: dir },
  );
  if (setup.code !== 0) await fail(logFile, setup.output);

  const begun = performance.now();
  const line = progress();
  const built = await run('ninja', ['-C', out, 'mediasoup-worker'], {
    cwd: dir,
    onLine: (text) => {
      const at = parseNinja(text);
      if (at) line.update(describeNinja(at, performance.now() - begun));
    },
  });
  line.end();
  if (built.code !== 0) await fail(logFile, setup.output + built.output);
  return path.join(out, 'mediasoup-worker');
}

/**
 * @param {string} logFile
 * @param {string} output
 * @returns {Promise<never>}
 */
async function fail(logFile, output) {
  await writeFile(logFile, output);
  throw new Advice(
    `The media worker could not be built:\n${tail(output)}\nAll that the build said is in ${logFile}. With a worker from elsewhere, set MEDIASOUP_WORKER_BIN to its path.`,
  );
}
