import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashTree } from './hash.mjs';

describe('hashTree', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'fangtan-hash-'));
    await mkdir(path.join(dir, 'web', 'pages'), { recursive: true });
    await writeFile(path.join(dir, 'web', 'main.ts'), 'main');
    await writeFile(path.join(dir, 'web', 'pages', 'a.vue'), 'a');
    await writeFile(path.join(dir, 'lock.json'), '{}');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const names = ['web', 'lock.json', 'missing.ts'];

  it('stays the same for the same content, whatever the order of the names', async () => {
    expect(await hashTree(dir, names)).toBe(await hashTree(dir, [...names].reverse()));
  });

  it('changes with a content', async () => {
    const before = await hashTree(dir, names);
    await writeFile(path.join(dir, 'web', 'pages', 'a.vue'), 'b');
    expect(await hashTree(dir, names)).not.toBe(before);
  });

  it('changes with a name', async () => {
    const before = await hashTree(dir, names);
    await rename(path.join(dir, 'web', 'pages', 'a.vue'), path.join(dir, 'web', 'pages', 'b.vue'));
    expect(await hashTree(dir, names)).not.toBe(before);
  });

  it('changes when a missing file appears', async () => {
    const before = await hashTree(dir, names);
    await writeFile(path.join(dir, 'missing.ts'), '');
    expect(await hashTree(dir, names)).not.toBe(before);
  });

  it('does not look at what is skipped', async () => {
    const skip = (name: string) => name.endsWith('.test.ts');
    const before = await hashTree(dir, names, { skip });
    await writeFile(path.join(dir, 'web', 'pages', 'a.test.ts'), 'test');
    expect(await hashTree(dir, names, { skip })).toBe(before);
  });
});
