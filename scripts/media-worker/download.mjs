/**
 * Fetches the worker that mediasoup's authors built, where their release page can be reached.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { run } from '../lib/process.mjs';

/** A network that lets nothing through often gives no answer at all: so long without a byte is a no. */
const SILENCE_MS = 10_000;
const WHOLE_MS = 90_000;

/**
 * The address as mediasoup's own installer makes it, mirror variable included.
 * @param {{ version: string, repository: { url: string } }} manifest mediasoup's package.json
 * @param {{ platform: string, arch: string, release: string, base?: string | undefined }} system
 */
export function prebuiltUrl(manifest, { platform, arch, release, base }) {
  const kernel = platform === 'linux' ? `-kernel${release.split('.')[0] ?? ''}` : '';
  const folder = base || `${manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  return `${folder}/${manifest.version}/mediasoup-worker-${manifest.version}-${platform}-${arch}${kernel}.tgz`;
}

/**
 * @param {string} packageDir mediasoup's folder
 * @param {string} dir an empty folder to unpack in
 * @returns {Promise<string>} the downloaded worker, not yet tried
 */
export async function downloadWorker(packageDir, dir) {
  const manifest = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8'));
  const url = prebuiltUrl(manifest, {
    platform: os.platform(),
    arch: os.arch(),
    release: os.release(),
    base: process.env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'],
  });
  const archive = path.join(dir, 'worker.tgz');
  await mkdir(dir, { recursive: true });
  await writeFile(archive, await get(url));
  const unpacked = await run('tar', ['-xzf', archive, '-C', dir]);
  if (unpacked.code !== 0) throw new Error(`cannot unpack it: ${unpacked.output.trim()}`);
  const bin = path.join(dir, 'mediasoup-worker');
  await chmod(bin, 0o755);
  return bin;
}

/**
 * @param {string} url
 * @returns {Promise<Buffer>}
 */
async function get(url) {
  const abort = new AbortController();
  const giveUp = (/** @type {string} */ why) => () => {
    abort.abort(new Error(why));
  };
  const whole = setTimeout(giveUp('too slow'), WHOLE_MS);
  let silence = setTimeout(giveUp('no answer'), SILENCE_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`answered ${String(response.status)}`);
    /** @type {Uint8Array[]} */
    const chunks = [];
    for await (const chunk of response.body) {
      clearTimeout(silence);
      silence = setTimeout(giveUp('stalled'), SILENCE_MS);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(whole);
    clearTimeout(silence);
  }
}
