// SPDX-License-Identifier: Apache-2.0
import type { Stretch } from '../url/range';
import type { TraceLine } from './line';

/** Newest first, each trace once in its newer form, without those that `stretch` has left behind. */
export function merge(known: readonly TraceLine[], news: readonly TraceLine[], stretch: Stretch): TraceLine[] {
  const lines = new Map<string, TraceLine>();
  for (const line of [...known, ...news]) {
    lines.set(line.id, line);
  }
  const kept = [...lines.values()].filter((line) => line.start >= stretch.from - 1_000);
  return kept.sort((a, b) => b.start - a.start || (a.id < b.id ? -1 : 1));
}
