import { describe, expect, it } from 'vitest';
import { describeNinja, parseNinja } from './ninja.mjs';

describe('parseNinja', () => {
  it('reads how far a build is', () => {
    expect(parseNinja('[12/340] Compiling C++ object mediasoup-worker.p/src_Worker.cpp.o')).toEqual({ done: 12, total: 340 });
  });

  it.each(['', 'ninja: Entering directory `out`', '../src/a.cpp:12:3: warning: [1/2]', '[x/y] nothing'])('takes no progress from %j', (line) => {
    expect(parseNinja(line)).toBeUndefined();
  });
});

describe('describeNinja', () => {
  it('estimates what is left once enough is done to tell', () => {
    expect(describeNinja({ done: 1, total: 100 }, 4_000)).toBe('[1/100] 1 %');
    expect(describeNinja({ done: 50, total: 100 }, 240_000)).toBe('[50/100] 50 %, about 4 min left');
    expect(describeNinja({ done: 99, total: 100 }, 480_000)).toBe('[99/100] 99 %, less than a minute left');
  });
});
