// SPDX-License-Identifier: Apache-2.0
import type { Entity } from './entity';
import { listAt, objectAt, textAt } from './json';

/** A way from one trace into another. */
export interface TraceLink {
  readonly trace: string;
  /** The segment or subsegment there; "" if it is not told. */
  readonly id: string;
  readonly meaning: 'caused by trace' | 'caused trace' | 'linked trace';
}

const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
const MOST = 20;

/** The links of `entities`, each once; what names no trace is left out. */
export function linksOf(entities: readonly Entity[]): TraceLink[] {
  const found = new Map<string, TraceLink>();
  for (const link of entities.flatMap(({ document }) => listAt(document, 'links'))) {
    const trace = textAt(link, 'trace_id');
    const id = textAt(link, 'id');
    if (TRACE_ID.test(trace)) {
      found.set(`${trace}/${id}`, { trace, id, meaning: meaningOf(textAt(objectAt(link, 'attributes'), REFERENCE)) });
    }
  }
  return [...found.values()].slice(0, MOST);
}

const REFERENCE = 'aws.xray.reserved.reference_type';

function meaningOf(reference: string): TraceLink['meaning'] {
  return reference === 'parent' ? 'caused by trace' : reference === 'child' ? 'caused trace' : 'linked trace';
}
