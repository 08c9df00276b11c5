// SPDX-License-Identifier: Apache-2.0

/** How a piece of work ended, worst last. */
export const OUTCOMES = ['ok', 'in progress', 'error', 'throttle', 'fault'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** What says the outcome again for those who see no colours. */
export const SIGNS: Record<Outcome, string> = {
  ok: '',
  'in progress': '▸',
  error: '!',
  throttle: '≈',
  fault: '✕',
};

export function worse(a: Outcome, b: Outcome): Outcome {
  return OUTCOMES.indexOf(a) >= OUTCOMES.indexOf(b) ? a : b;
}

/** The class that style sheets know an outcome by. */
export function outcomeClass(outcome: Outcome): string {
  return `is-${outcome.replace(' ', '-')}`;
}
