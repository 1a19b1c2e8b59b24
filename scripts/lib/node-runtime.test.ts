import { describe, expect, it } from 'vitest';
import { isNewEnough } from './node-runtime.mjs';

describe('isNewEnough', () => {
  it.each(['v24.0.0', 'v24.11.1', 'v26.10.0', 'v100.0.0', '24.0.0'])('takes %s', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });

  it.each(['v18.20.4', 'v20.20.2', 'v23.11.1', 'v9.9.9', '', 'nightly'])('does not take %s', (version) => {
    expect(isNewEnough(version)).toBe(false);
  });
});
