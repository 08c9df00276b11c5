// SPDX-License-Identifier: Apache-2.0
import { groupBy } from '../format/groups';
import { kindOf, shortName } from '../format/names';
import { worse } from '../format/outcome';
import { deliveryRow, isRecord, unmatchedRows } from './deliveries';
import type { Entity } from './entity';
import { kindOfMirror, kindOfSubsegment, labelOf } from './labels';
import { INITIALIZATION, remarkOf, told, withSkew } from './remarks';
import { type Row, rowOf } from './row';

const LAMBDA = 'AWS::Lambda';
const FUNCTION = 'AWS::Lambda::Function';
const EVENTS = 'AWS::Events';
const BOOKKEEPING = new Set(['Overhead', 'Dwell Time']);
/** Nobody reads further down, and recursion must end. */
const MAX_DEPTH = 200;

/** The rows of a trace: roots first, then those whose cause is not in it. */
export function tell(documents: readonly Entity[]): Row[] {
  return new StoryTeller(documents).tell();
}

/**
 * Turns documents into rows: the service's and the function's view of one invocation become one row, a call and the bus
 * segment it caused become one row, and what is only bookkeeping (Invocation, Overhead) gives way to what is inside.
 * Documents may be missing, come twice, or refer to each other in circles: whatever is there is drawn exactly once.
 */
class StoryTeller {
  private readonly caused: ReadonlyMap<string, readonly Entity[]>;
  private readonly drawn = new Set<string>();
  private depth = 0;

  constructor(private readonly documents: readonly Entity[]) {
    this.caused = groupBy(documents, ({ parentId }) => parentId ?? '');
  }

  tell(): Row[] {
    const known = new Set<string>();
    const collect = (entity: Entity) => {
      known.add(entity.id);
      entity.children.forEach(collect);
    };
    this.documents.forEach(collect);
    const roots = this.documents.filter((document) => document.parentId === undefined);
    const orphans = this.documents.filter(({ parentId }) => parentId !== undefined && !known.has(parentId));
    const rows = roots.flatMap((document) => this.rows(document));
    rows.push(...orphans.flatMap((document) => this.rows(document)).map(orphan));
    rows.push(...this.documents.flatMap((document) => this.rows(document))); // circles
    return withSkew(told(rows));
  }

  private rows(entity: Entity): Row[] {
    if (this.depth >= MAX_DEPTH || this.drawn.has(entity.id)) {
      return [];
    }
    this.drawn.add(entity.id);
    this.depth++;
    try {
      return entity.subsegment ? this.subsegment(entity) : [this.document(entity)];
    } finally {
      this.depth--;
    }
  }

  private document(entity: Entity): Row {
    switch (entity.origin) {
      case LAMBDA:
        return this.invocation(entity);
      case FUNCTION:
        return rowOf(entity.name, 'lambda', 'hop', entity, this.body(entity));
      case EVENTS:
        return this.bus(entity, [entity]);
      default:
        return rowOf(entity.name, kindOf(entity.origin), 'hop', entity, this.children(entity));
    }
  }

  /** What `entity` contains and what it caused, by time. */
  private children(entity: Entity, wanted: (child: Entity) => boolean = () => true): Row[] {
    return [...entity.children, ...this.causedBy(entity)]
      .filter(wanted)
      .flatMap((child) => this.rows(child))
      .sort(byTime);
  }

  private causedBy(entity: Entity): readonly Entity[] {
    return this.caused.get(entity.id) ?? [];
  }

  private subsegment(entity: Entity): Row[] {
    const downstream = this.causedBy(entity).filter((document) => !document.subsegment);
    if (downstream.length > 0 && downstream.every((document) => document.origin === EVENTS)) {
      downstream.forEach((document) => this.drawn.add(document.id));
      return [this.bus(entity, downstream)];
    }
    const invokes = downstream.some(({ origin }) => origin === LAMBDA || origin === FUNCTION);
    if (invokes && entity.namespace === 'aws' && entity.children.length === 0) {
      return this.children(entity); // the call and the function it reached are one thing to a reader
    }
    const mirrors = downstream.filter((document) => document.inferred);
    mirrors.forEach((document) => this.drawn.add(document.id));
    const children = [...this.children(entity), ...mirrors.flatMap((mirror) => this.children(mirror))];
    const [mirror] = mirrors;
    const kind = mirror ? kindOfMirror(entity, mirror) : kindOfSubsegment(entity);
    return [{ ...rowOf(labelOf(entity), kind, 'step', entity, children), entities: [entity, ...mirrors] }];
  }

  /** One invocation as one row, from its acceptance to the end of its last attempt. */
  private invocation(service: Entity): Row {
    const attempts = service.children.filter((child) => child.name.startsWith('Attempt'));
    const functions = [service, ...attempts].flatMap((entity) =>
      this.causedBy(entity).filter((document) => document.origin === FUNCTION),
    );
    const shown = (child: Entity) =>
      !BOOKKEEPING.has(child.name) && !attempts.includes(child) && !functions.includes(child);
    const others = this.children(service, shown);
    const [first] = functions;
    const last = functions.at(-1);
    if (!first || !last) {
      return rowOf(service.name, 'lambda', 'hop', service, others);
    }
    functions.forEach((document) => this.drawn.add(document.id));
    if (functions.length === 1) {
      const row = rowOf(service.name, 'lambda', 'hop', service, [...this.body(first), ...others]);
      const outcome = worse(service.outcome, first.outcome);
      const remark = first.exceptions.length === 0 ? remarkOf(service) : remarkOf(first);
      return { ...started(row, service, first, last), outcome, remark, entities: [first, service] };
    }
    const tries = functions.map((document, index) =>
      rowOf(`attempt ${index + 1}`, '', 'step', document, this.body(document)),
    );
    const row = rowOf(service.name, 'lambda', 'hop', service, [...tries, ...others]);
    return { ...started(row, service, first, last), entities: [service, ...functions] };
  }

  /** What a function's code did: the inside of Invocation, and Initialization if there was one. */
  private body(document: Entity): Row[] {
    this.drawn.add(document.id);
    const rows: Row[] = [];
    for (const child of document.children) {
      if (child.name === 'Invocation') {
        this.drawn.add(child.id);
        rows.push(...this.children(child));
      } else if (!BOOKKEEPING.has(child.name)) {
        rows.push(...this.rows(child));
      }
    }
    rows.push(...this.causedBy(document).flatMap((caused) => this.rows(caused)));
    return rows.sort(byTime);
  }

  /** A call that put events, `segments` of the bus for it, what refused and who received them. */
  private bus(call: Entity, segments: readonly Entity[]): Row {
    const children: Row[] = [];
    const facts = new Map<string, string>();
    for (const segment of segments) {
      nameBus(segment, facts);
      const caused = this.causedBy(segment);
      children.push(...unmatchedRows(segment));
      children.push(...caused.filter((document) => !isRecord(document)).flatMap((document) => this.rows(document)));
      for (const record of [...segment.children, ...caused.filter(isRecord)]) {
        this.drawn.add(record.id);
        nameBus(record, facts);
        const row = deliveryRow(record);
        children.push(...(row ? [row] : []), ...this.children(record));
      }
    }
    children.sort(byTime);
    if (call.subsegment) {
      children.push(...this.children(call));
    }
    const operation = call.operation || segments[0]?.operation || 'PutEvents';
    const row = rowOf(`Events ${operation}`, 'bus', 'bus', call, children);
    const entities = [call, ...segments.filter((segment) => segment !== call)];
    return { ...row, facts, entities };
  }
}

function orphan(row: Row): Row {
  return row.remark === '' ? { ...row, remark: 'its cause is not in the trace' } : row;
}

/** Work begins when the environment does, if it was started for this invocation, else with the function. */
function started(row: Row, service: Entity, first: Entity, last: Entity): Row {
  const starts = first.children
    .filter((child) => child.name === INITIALIZATION && child.start >= service.start)
    .map((child) => child.start);
  const begin = Math.min(first.start, ...starts);
  const end = service.end === undefined || last.end === undefined ? undefined : Math.max(service.end, last.end);
  return { ...row, asked: Math.min(service.start, begin), start: Math.max(begin, service.start), end };
}

function nameBus(entity: Entity, facts: Map<string, string>): void {
  const bus = entity.facts.get('bus');
  if (bus !== undefined && !facts.has('bus')) {
    facts.set('bus', shortName(bus));
  }
}

function byTime(a: Row, b: Row): number {
  return a.asked - b.asked;
}
