import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inRoot } from '../lib/paths.mjs';
import { prepareSource, wrapDirectory } from './source.mjs';

describe('wrapDirectory', () => {
  it('reads the folder that a .wrap file names', () => {
    expect(wrapDirectory('[wrap-file]\ndirectory = libuv-v1.51.0\nsource_url = x\npatch_directory = other\n')).toBe('libuv-v1.51.0');
  });

  it('refuses a .wrap file without one', () => {
    expect(() => wrapDirectory('[wrap-file]\npatch_directory = other\n')).toThrow('names no directory');
  });
});

describe('prepareSource, with what it needs of the installed mediasoup', () => {
  const installed = inRoot('node_modules', 'mediasoup', 'worker');
  let dir: string;
  let from: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'fangtan-source-'));
    from = path.join(dir, 'from');
    for (const name of ['meson.build', 'src/RTC/DtlsTransport.cpp', 'subprojects']) {
      await cp(path.join(installed, name), path.join(from, name), { recursive: true });
    }
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('changes its lines and gives every library but Windows’ and the tests’ a folder', async () => {
    const tree = path.join(dir, 'tree');
    await prepareSource(from, tree);
    expect(await readFile(path.join(tree, 'src', 'RTC', 'DtlsTransport.cpp'), 'utf8')).toContain('(operationType & BIO_CB_RETURN) != 0');
    const names = await readdir(path.join(tree, 'subprojects'));
    for (const wrap of names.filter((name) => name.endsWith('.wrap') && !/^(?:catch2|wingetopt)/.test(name))) {
      const folder = wrapDirectory(await readFile(path.join(tree, 'subprojects', wrap), 'utf8'));
      expect(await readdir(path.join(tree, 'subprojects', folder)), wrap).toContain('meson.build');
    }
  });

  it('says which line is missing in a source that it does not know', async () => {
    await writeFile(path.join(from, 'meson.build'), "project('another')");
    await expect(prepareSource(from, path.join(dir, 'to'))).rejects.toThrow("has no line with: meson_version: '>= 1.1.0'");
  });
});
