import { describe, expect, it } from 'vitest';
import { duration, progress } from './log.mjs';

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1.0 s'],
    [31_249, '31.2 s'],
    [60_000, '1 min 00 s'],
    [119_700, '2 min 00 s'],
    [486_000, '8 min 06 s'],
  ])('shows %i ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe('progress', () => {
  function stream(isTTY: boolean) {
    const written: string[] = [];
    const fake = { isTTY, columns: 80, write: (text: string) => written.push(text) };
    return { written, stream: fake as unknown as NodeJS.WriteStream };
  }

  it('rewrites one line on a terminal and clears it at the end', () => {
    const { written, stream: out } = stream(true);
    const line = progress({ stream: out });
    line.update('one');
    line.update('two');
    line.end();
    expect(written.every((text) => text.startsWith('\r'))).toBe(true);
    expect(written.join('')).not.toContain('\n');
  });

  it('prints a line only now and then elsewhere', () => {
    const { written, stream: out } = stream(false);
    const line = progress({ everyMs: 60_000, stream: out });
    for (let n = 0; n < 100; n += 1) line.update(String(n));
    line.end();
    expect(written).toEqual([]);
  });
});
