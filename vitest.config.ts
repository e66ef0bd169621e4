import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Most tests wait for processes: on a machine with two cores, one worker would use only one core.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
      // Coverage includes only code inside the test process; tests of the bundle start other processes.
      thresholds: { statements: 95, branches: 91, functions: 97, lines: 96 },
    },
  },
});
