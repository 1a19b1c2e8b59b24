import { describe, expect, it } from 'vitest';
import { closingLine, countVitest, sum } from './checks.mjs';

const file = (status: string, ...results: string[]) => ({ status, assertionResults: results.map((result) => ({ status: result })) });

describe('countVitest', () => {
  it('counts each test once', () => {
    const report = { success: false, testResults: [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed', 'skipped', 'todo')] };
    expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(countVitest({ testResults: [file('passed', 'passed'), file('failed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts an error outside of the tests as a failure', () => {
    expect(countVitest({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a run without a report, or without a test, as a failure', () => {
    expect(countVitest(undefined, 0).failed).toBe(1);
    expect(countVitest(undefined, 139).failed).toBe(1);
    expect(countVitest({ testResults: [] }, 0).failed).toBe(1);
    expect(countVitest({ testResults: [file('skipped', 'skipped')] }, 0)).toEqual({ passed: 0, failed: 1, skipped: 1 });
  });
});

describe('closingLine', () => {
  it('is plain, and names skipped tests only where there are some', () => {
    expect(closingLine(sum([{ passed: 2, failed: 0, skipped: 0 }, { passed: 1, failed: 1, skipped: 0 }]))).toBe('3 passed, 1 failed');
    expect(closingLine({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
  });
});
