import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose files take long, though some are short. */
const slow = /\/__tests__\/aura\/(faults|post|hanging|cancellation|safety)\//;

/** Begins with the files that take longest: at the end, one of them would leave a core idle. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    return bySize.toSorted(
      (one, other) => Number(slow.test(other.moduleId)) - Number(slow.test(one.moduleId)),
    );
  }
}

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    setupFiles: ['__tests__/core/secrets/compare-secrets.ts'],
    // Only what hangs takes so long, also where others use the machine.
    testTimeout: 120_000,
    hookTimeout: 30_000,
    // Many tests wait for processes or for real time: one worker for each core would leave some idle.
    maxWorkers: availableParallelism() + 1,
    // Files share what they import. Each with a process of its own would load and compile it again:
    // that takes longer than what most files do. A file leaves nothing behind for the next one.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    // The concurrent tests are those that wait in real time for somebody silent, and work little.
    maxConcurrency: 8,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
      // Of the tests within this process alone: those of the bundle run others, and don't count.
      thresholds: { statements: 95, branches: 91, functions: 97, lines: 96 },
    },
  },
});
