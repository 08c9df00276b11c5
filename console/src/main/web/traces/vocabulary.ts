// SPDX-License-Identifier: Apache-2.0
import type { TraceLine } from './line';

/** What the traces at hand speak of: the words that the filter bar completes. */
export interface Vocabulary {
  readonly services: readonly string[];
  readonly annotations: ReadonlyMap<string, readonly string[]>;
  readonly users: readonly string[];
}

const MOST_VALUES = 50;

export function vocabularyOf(lines: readonly TraceLine[]): Vocabulary {
  const services = new Set(lines.flatMap((line) => line.services));
  const users = new Set(lines.flatMap((line) => line.users));
  const annotations = new Map<string, Set<string>>();
  for (const line of lines) {
    for (const [key, value] of line.annotations) {
      const values = annotations.get(key) ?? new Set();
      annotations.set(key, values);
      if (values.size < MOST_VALUES) {
        values.add(value);
      }
    }
  }
  return {
    services: [...services].sort(),
    users: [...users].sort(),
    annotations: new Map([...annotations].map(([key, values]) => [key, [...values]])),
  };
}
