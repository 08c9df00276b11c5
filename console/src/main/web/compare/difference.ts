// SPDX-License-Identifier: Apache-2.0
import type { TraceLine } from '../traces/line';

/** One trait, and how common it is among the chosen traces and among the rest. */
export interface Difference {
  readonly field: string;
  readonly value: string;
  readonly chosen: number;
  readonly rest: number;
  /** Shares of traces, 0 to 1. */
  readonly chosenShare: number;
  readonly restShare: number;
}

/** Identifies a trait within a map. */
const SEPARATOR = '\u0000';
/** A value that hardly any two traces share tells one trace from the next, not one selection from the other. */
const COMMON_ENOUGH = 2;

/** The traits that tell the chosen traces from the rest, the most telling first. */
export function differences(chosen: readonly TraceLine[], rest: readonly TraceLine[], most = 12): Difference[] {
  const inChosen = countTraits(chosen);
  const inRest = countTraits(rest);
  const found: Difference[] = [];
  for (const trait of new Set([...inChosen.keys(), ...inRest.keys()])) {
    const [field = '', value = ''] = trait.split(SEPARATOR);
    const a = inChosen.get(trait) ?? 0;
    const b = inRest.get(trait) ?? 0;
    if (a + b >= COMMON_ENOUGH || chosen.length + rest.length <= COMMON_ENOUGH) {
      found.push({ field, value, chosen: a, rest: b, chosenShare: part(a, chosen), restShare: part(b, rest) });
    }
  }
  const weight = (difference: Difference) => Math.abs(difference.chosenShare - difference.restShare);
  return found
    .filter((difference) => weight(difference) > 0)
    .sort((a, b) => weight(b) - weight(a) || a.field.localeCompare(b.field) || a.value.localeCompare(b.value))
    .slice(0, most);
}

function part(count: number, of: readonly TraceLine[]): number {
  return of.length === 0 ? 0 : count / of.length;
}

function countTraits(lines: readonly TraceLine[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    for (const trait of new Set(traitsOf(line))) {
      counts.set(trait, (counts.get(trait) ?? 0) + 1);
    }
  }
  return counts;
}

function* traitsOf(line: TraceLine): Generator<string> {
  yield ['outcome', line.inside ? 'failure inside' : line.outcome].join(SEPARATOR);
  yield ['entry point', line.entry].join(SEPARATOR);
  if (line.status !== undefined) {
    yield ['status', String(line.status)].join(SEPARATOR);
  }
  for (const service of line.services) {
    yield ['service', service].join(SEPARATOR);
  }
  for (const user of line.users) {
    yield ['user', user].join(SEPARATOR);
  }
  for (const [key, value] of line.annotations) {
    yield [`annotation ${key}`, value].join(SEPARATOR);
  }
}
