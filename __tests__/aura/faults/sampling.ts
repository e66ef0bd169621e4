import fc from 'fast-check';

/** `FAULTS_SEED=7 npx vitest run __tests__/aura/faults` tests other samples. */
const seed = Number(process.env['FAULTS_SEED'] ?? 1);

/** A sample, the same one in every run. @param key gives each caller a different sample. */
export function sample<T>(all: readonly T[], count: number, key = ''): readonly T[] {
  if (all.length <= count) return all;
  const subset = fc.shuffledSubarray([...all], { minLength: count, maxLength: count });
  return fc.sample(subset, { seed: seed + hash(key), numRuns: 1 })[0] ?? [];
}

function hash(text: string): number {
  return Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 65_537, 7);
}
