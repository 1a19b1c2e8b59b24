import { access, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withLock } from './lock.mjs';

describe('withLock', () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'fangtan-lock-'));
    file = path.join(dir, 'deep', 'lock');
  });
  afterEach(() => rm(dir, { recursive: true }));

  // The age is far above what a busy machine may keep a beat waiting.
  const quick = { beatMs: 20, staleMs: 2_000 };

  it('lets one at a time in, and tells the others that they wait', async () => {
    let inside = 0;
    let most = 0;
    const onWait = vi.fn();
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(60);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, work, { ...quick, onWait })));
    expect(most).toBe(1);
    expect(onWait).toHaveBeenCalledTimes(2);
  });

  it('is held for as long as the work takes, past the age at which a lock counts as left behind', async () => {
    let done = false;
    const long = withLock(file, async () => {
      await sleep(3_000);
      done = true;
    }, quick);
    await sleep(30);
    await withLock(file, async () => {
      expect(done).toBe(true);
    }, quick);
    await long;
  }, 30_000);

  it('takes over a lock whose holder is gone', async () => {
    await withLock(file, async () => undefined, quick);
    await writeFile(file, 'somebody who died');
    const old = new Date(Date.now() - 60_000);
    await utimes(file, old, old);
    expect(await withLock(file, async () => 'mine', quick)).toBe('mine');
  });

  it('lets go when the work fails', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('broken')), quick)).rejects.toThrow('broken');
    await expect(access(file)).rejects.toThrow('ENOENT');
  });
});
