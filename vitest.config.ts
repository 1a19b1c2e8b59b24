import { defineConfig } from 'vitest/config'

// Real browsers, databases and media workers share two cores in CI. Most integration tests wait for disks and timers: two files at once; browsers one by one.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['shared/**/*.test.ts', 'server/**/*.test.ts', 'web/**/*.test.ts', 'scripts/**/*.test.ts'], environment: 'node' } },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], maxWorkers: 2, testTimeout: 30_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts', 'tests/chaos/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // A shared machine may stall a browser for seconds. At home a test that needs a second try is a fault to be found.
          retry: process.env['CI'] ? 1 : 0,
        },
      },
    ],
  },
})
