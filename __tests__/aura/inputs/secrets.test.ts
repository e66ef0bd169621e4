import { describe, expect, it } from 'vitest';
import { maskAccepted } from '../../../src/aura/inputs/secrets.ts';
import { type StepInputs, problemsOf, readStep } from './step-inputs.ts';

/** What a step masks while it reads its inputs, whether they are valid or not. */
function maskedBy(inputs: StepInputs): string[] {
  const masked: string[] = [];
  const mask = (text: string): void => {
    masked.push(text);
  };
  if (problemsOf(inputs).length === 0) readStep(inputs, undefined, { mask });
  else expect(() => readStep(inputs, undefined, { mask })).toThrow();
  return masked;
}

describe('a secret among the inputs', () => {
  it.each(['correct horse', '12345678', '🐘'.repeat(8)])('is masked: %s', (key) => {
    expect(maskedBy({ 'sealing-key': key })).toContain(key);
  });

  it.each<[string, StepInputs]>([
    ['short', { 'sealing-key': 'short' }],
    ['1234567', { 'sealing-key': '1234567' }],
    ['🐘🐘🐘🐘', { 'sealing-key': '🐘🐘🐘🐘' }],
    ['valid', { 'client-secret': 'valid' }],
    ['letMeIn', { password: 'letMeIn' }],
  ])('is not masked if it is too short, and so refused: %s', (text, inputs) => {
    expect(problemsOf(inputs)).not.toEqual([]);
    expect(maskedBy(inputs)).not.toContain(text);
  });

  it('is masked before the inputs are read by the same rule', () => {
    const masked: string[] = [];
    const mask = maskAccepted((text) => masked.push(text));
    for (const text of ['', 'short', '1234567', '12345678', 'letMeIn-0123']) mask(text);
    expect(masked).toEqual(['12345678', 'letMeIn-0123']);
  });
});
