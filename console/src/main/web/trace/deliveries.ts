// SPDX-License-Identifier: Apache-2.0
import { shortName } from '../format/names';
import { causeOf, type Entity } from './entity';
import { type Row, rowOf } from './row';

/**
 * The bus's own records of deliveries: subsegments of an `AWS::Events` segment with `clew.` members. A plain delivery
 * needs no row, because the function it reached has one.
 */
const ENDED = new Set(['refused', 'failed', 'dead-lettered', 'dropped']);

export function isRecord(entity: Entity): boolean {
  return entity.subsegment && entity.facts.size > 0;
}

/** The row that `record` deserves; none for a delivery that succeeded at once. */
export function deliveryRow(record: Entity): Row | undefined {
  const { facts } = record;
  const outcome = facts.get('outcome') ?? (record.outcome === 'ok' ? 'delivered' : 'failed');
  const target = shortName(facts.get('target') ?? record.name);
  const attempt = facts.get('attempt') ?? '1';
  if (ENDED.has(outcome)) {
    return refusal(record.id, record.start, target, remark(record, outcome), record);
  }
  const row = rowOf(`attempt ${attempt} → ${target}`, 'retry', 'step', record, []);
  if (outcome === 'retried') {
    return { ...row, outcome: 'error', remark: remark(record, 'not delivered') };
  }
  return attempt === '1' ? undefined : row;
}

/** Events of `segment` that no rule wanted, one row for each. */
export function unmatchedRows(segment: Entity): Row[] {
  return segment.events
    .filter((event) => event.unmatched)
    .map((event, index) =>
      refusal(
        `${segment.id}/${index}`,
        segment.start,
        `event ${event.id}`,
        `unmatched: no rule of bus ${shortName(event.bus)} wants it`,
        segment,
      ),
    );
}

function remark(record: Entity, outcome: string): string {
  const rule = shortName(record.facts.get('rule') ?? '');
  const reason = causeOf(record);
  return (
    outcome + (reason === '' ? '' : `: ${reason}`) + (rule === '' || reason.includes(rule) ? '' : ` (rule ${rule})`)
  );
}

function refusal(key: string, at: number, label: string, remark: string, entity: Entity): Row {
  return {
    key,
    label,
    kind: '',
    role: 'refusal',
    outcome: 'fault',
    asked: at,
    start: at,
    end: at,
    count: 1,
    facts: new Map(),
    remark,
    children: [],
    entities: [entity],
  };
}
