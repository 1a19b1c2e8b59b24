import { describe, expect, it } from 'vitest';
import { installedMatches } from './packages.mjs';

const wanted = {
  packages: {
    '': {},
    'node_modules/express': { version: '5.3.0' },
    'node_modules/vitest': { version: '5.1.1', dev: true },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  },
};
const express = { 'node_modules/express': { version: '5.3.0' } };
const vitest = { 'node_modules/vitest': { version: '5.1.1', dev: true } };

describe('installedMatches', () => {
  it('takes a whole tree, without what other platforms need', () => {
    expect(installedMatches(wanted, { packages: { ...express, ...vitest } }, { dev: true })).toBe(true);
  });

  it('misses development packages only where they are asked for', () => {
    expect(installedMatches(wanted, { packages: express }, { dev: true })).toBe(false);
    expect(installedMatches(wanted, { packages: express }, { dev: false })).toBe(true);
  });

  it('sees another version', () => {
    const other = { 'node_modules/express': { version: '5.2.0' } };
    expect(installedMatches(wanted, { packages: { ...other, ...vitest } }, { dev: true })).toBe(false);
  });

  it('does not take an empty tree', () => {
    expect(installedMatches(wanted, {}, { dev: false })).toBe(false);
  });
});
