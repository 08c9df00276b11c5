// SPDX-License-Identifier: Apache-2.0
import { groupBy } from '../format/groups';
import { kindOf } from '../format/names';
import type { Entity } from './entity';
import { kindOfSubsegment, labelOf } from './labels';
import { type Row, rowOf } from './row';

/** The documents as they are: every segment and subsegment a row, for who wants to see what was sent. */
export function documentTree(documents: readonly Entity[]): Row[] {
  const caused = groupBy(documents, (document) => document.parentId ?? '');
  const seen = new Set<string>();
  const row = (entity: Entity): Row[] => {
    if (seen.has(entity.id)) {
      return [];
    }
    seen.add(entity.id);
    const children = [...entity.children, ...(caused.get(entity.id) ?? [])]
      .flatMap(row)
      .sort((a, b) => a.start - b.start);
    const kind = entity.subsegment ? kindOfSubsegment(entity) : kindOf(entity.origin);
    return [rowOf(labelOf(entity), kind, entity.subsegment ? 'step' : 'hop', entity, children)];
  };
  const known = new Set<string>();
  const collect = (entity: Entity) => {
    known.add(entity.id);
    entity.children.forEach(collect);
  };
  documents.forEach(collect);
  const roots = documents.filter(({ parentId }) => parentId === undefined || !known.has(parentId));
  return [...roots, ...documents].flatMap(row);
}
