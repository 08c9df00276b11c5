// SPDX-License-Identifier: Apache-2.0
import type { Outcome } from '../format/outcome';
import { isObject, type Json, type JsonObject, listAt, numberAt, objectAt, spelled, textAt } from './json';

/** A segment or subsegment, read from a document. Times are microseconds since the epoch. */
export interface Entity {
  readonly id: string;
  /** The entity that caused this one, for documents; undefined for roots and nested subsegments. */
  readonly parentId: string | undefined;
  readonly subsegment: boolean;
  readonly name: string;
  readonly origin: string;
  /** `aws`, `remote` or "". */
  readonly namespace: string;
  readonly start: number;
  /** Undefined while in progress. */
  readonly end: number | undefined;
  /** Flags, and whether it still runs. */
  readonly outcome: Outcome;
  readonly inferred: boolean;
  /** `aws.operation`, or "". */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly status: number | undefined;
  readonly exceptions: readonly Exception[];
  /** The exception that this one's cause is told by, if it is told elsewhere. */
  readonly causeId: string | undefined;
  readonly annotations: ReadonlyMap<string, string>;
  /** Members beginning `clew.` of annotations and metadata, without that beginning. */
  readonly facts: ReadonlyMap<string, string>;
  /** What a segment of the bus says about the events that were put. */
  readonly events: readonly PutEvent[];
  readonly children: readonly Entity[];
  readonly document: JsonObject;
}

export interface Exception {
  readonly id: string;
  readonly type: string;
  readonly message: string;
  readonly remote: boolean;
  readonly truncated: number;
  readonly stack: ReadonlyArray<{ readonly path: string; readonly line: number | undefined; readonly label: string }>;
}

export interface PutEvent {
  readonly id: string;
  readonly bus: string;
  /** Whether no rule wanted it. */
  readonly unmatched: boolean;
}

const OURS = 'clew.';
const RESERVED = 'aws:';
const MICROS = 1_000_000;
/** Nobody reads further down, and recursion must end. */
const MAX_DEPTH = 200;

/** The entities of a trace's documents by start; what is no document is left out. */
export function parseDocuments(documents: readonly string[]): Entity[] {
  return documents.flatMap((text) => parseDocument(text) ?? []).sort((a, b) => a.start - b.start);
}

function parseDocument(text: string): Entity | undefined {
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  return isObject(document) && textAt(document, 'id') && numberAt(document, 'start_time') !== undefined
    ? entityOf(document, textAt(document, 'type') !== '', 0)
    : undefined;
}

function entityOf(document: JsonObject, subsegment: boolean, depth: number): Entity {
  const status = numberAt(objectAt(document, 'http', 'response'), 'status');
  const request = objectAt(document, 'http', 'request');
  const end = numberAt(document, 'end_time');
  const flags = flagsOf(document, status);
  const namespace = textAt(document, 'namespace');
  const nested = depth < MAX_DEPTH ? listAt(document, 'subsegments').filter(isObject) : [];
  return {
    id: textAt(document, 'id'),
    parentId: textAt(document, 'parent_id') || undefined,
    subsegment,
    name: textAt(document, 'name'),
    origin: textAt(document, 'origin'),
    namespace: namespace === 'local' ? '' : namespace,
    start: Math.round((numberAt(document, 'start_time') ?? 0) * MICROS),
    end: end === undefined ? undefined : Math.round(end * MICROS),
    outcome: end === undefined && flags === 'ok' ? 'in progress' : flags,
    inferred: document.inferred === true,
    operation: textAt(objectAt(document, 'aws'), 'operation'),
    method: textAt(request, 'method'),
    url: textAt(request, 'url'),
    status,
    exceptions: listAt(objectAt(document, 'cause'), 'exceptions').map(exceptionOf),
    causeId: typeof document.cause === 'string' ? document.cause : undefined,
    annotations: annotationsOf(objectAt(document, 'annotations')),
    facts: factsOf(document),
    events: listAt(objectAt(document, 'metadata', 'clew'), 'clew.events').map((event) => ({
      id: textAt(event, 'id'),
      bus: textAt(event, 'bus'),
      unmatched: objectAt(event).unmatched === true,
    })),
    children: nested.map((child) => entityOf(child, true, depth + 1)),
    document,
  };
}

/** The flags decide; a status alone counts for documents whose sender set none. */
function flagsOf(document: JsonObject, status = 0): Outcome {
  if (document.fault === true || status >= 500) {
    return 'fault';
  }
  if (document.throttle === true || status === 429) {
    return 'throttle';
  }
  return document.error === true || status >= 400 ? 'error' : 'ok';
}

function exceptionOf(exception: Json): Exception {
  return {
    id: textAt(exception, 'id'),
    type: textAt(exception, 'type'),
    message: textAt(exception, 'message'),
    remote: objectAt(exception).remote === true,
    truncated: numberAt(exception, 'truncated') ?? 0,
    stack: listAt(exception, 'stack').map((frame) => ({
      path: textAt(frame, 'path'),
      line: numberAt(frame, 'line'),
      label: textAt(frame, 'label'),
    })),
  };
}

function annotationsOf(annotations: JsonObject): Map<string, string> {
  const entries = Object.entries(annotations).filter(([key]) => !key.startsWith(OURS) && !key.startsWith(RESERVED));
  return new Map(entries.map(([key, value]) => [key, spelled(value)]));
}

/** Our own keys, wherever they stand: among annotations, in metadata, or in a namespace of the metadata. */
function factsOf(document: JsonObject): Map<string, string> {
  const facts = new Map<string, string>();
  const metadata = objectAt(document, 'metadata');
  for (const place of [objectAt(document, 'annotations'), metadata, ...Object.values(metadata).filter(isObject)]) {
    for (const [key, value] of Object.entries(place)) {
      if (key.startsWith(OURS) && !facts.has(key.slice(OURS.length))) {
        facts.set(key.slice(OURS.length), spelled(value));
      }
    }
  }
  return facts;
}

/** `type: message` of the first exception that is told here, or "". Our own types add nothing to their message. */
export function causeOf(entity: Entity): string {
  const [exception] = entity.exceptions;
  const type = exception?.type.startsWith(OURS) ? '' : (exception?.type ?? '');
  return [type, exception?.message ?? ''].filter(Boolean).join(': ');
}
