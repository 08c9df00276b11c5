// SPDX-License-Identifier: Apache-2.0
import type { Trace } from '@aws-sdk/client-xray';
import type { Outcome } from '../format/outcome';
import { worse } from '../format/outcome';
import { criticalPath, type Step } from './criticalPath';
import { type Entity, parseDocuments } from './entity';
import { INITIALIZATION } from './remarks';
import { collapse } from './repeats';
import { flatten, lastEnd, type Row } from './row';
import { tell } from './story';

/** What happened in one trace, ready to be drawn. */
export interface Story {
  readonly id: string;
  readonly documents: readonly Entity[];
  readonly rows: readonly Row[];
  /** When it began and when its last known work ended, in microseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly path: readonly Step[];
  /** How the root ended, and the worst that happened anywhere. */
  readonly outcome: Outcome;
  readonly worst: Outcome;
  readonly root: Entity | undefined;
}

export function storyOf(trace: Trace): Story {
  const documents = parseDocuments((trace.Segments ?? []).flatMap((segment) => segment.Document ?? []));
  const told = tell(documents);
  const first = told.reduce((earliest, row) => Math.min(earliest, startOf(row)), Number.POSITIVE_INFINITY);
  const last = told.reduce((latest, row) => Math.max(latest, lastEnd(row)), first);
  const root = documents.find((document) => document.parentId === undefined) ?? documents[0];
  let worst: Outcome = 'ok';
  for (const row of flatten(told)) {
    worst = worse(worst, row.outcome);
  }
  return {
    id: trace.Id ?? '',
    documents,
    rows: collapse(told),
    first: Number.isFinite(first) ? first : 0,
    last: Number.isFinite(last) ? last : 0,
    path: criticalPath(told),
    outcome: root?.outcome ?? 'ok',
    worst,
    root,
  };
}

/** The first start, but for environments that were made ready before anybody asked. */
function startOf(row: Row): number {
  return row.children
    .filter((child) => child.label !== INITIALIZATION)
    .reduce((start, child) => Math.min(start, startOf(child)), Math.min(row.asked, row.start));
}
