// SPDX-License-Identifier: Apache-2.0
import type { Entity } from './entity';
import { listAt, objectAt, spelled, textAt } from './json';
import { flatten, type Row } from './row';
import type { Story } from './trace';

/** Which lines of which log group belong to a row. */
export interface Invocation {
  readonly logGroup: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

const FUNCTION = /^AWS::Lambda(::Function)?$/;
/** Logs may be stamped by another clock, and the last lines come after the end. */
const MARGIN = 5_000;
const STILL_RUNNING = 900_000;

export function requestIdOf(entities: readonly Entity[]): string {
  return entities.map((entity) => textAt(objectAt(entity.document, 'aws'), 'request_id')).find(Boolean) ?? '';
}

/** The invocation that `row` is, or is inside of. */
export function invocationOf(row: Row, story: Story): Invocation | undefined {
  const hop = isInvocation(row)
    ? row
    : [...flatten(story.rows)].find((other) => isInvocation(other) && holds(other, row));
  if (!hop) {
    return undefined;
  }
  const service = hop.entities.find((entity) => entity.origin === 'AWS::Lambda') ?? hop.entities[0];
  const requestId = service ? textAt(objectAt(service.document, 'aws'), 'request_id') : '';
  const configured = hop.entities.flatMap((entity) => listAt(objectAt(entity.document, 'aws'), 'cloudwatch_logs'));
  const named = configured.map((group) => textAt(group, 'log_group')).find(Boolean);
  return requestId === ''
    ? undefined
    : {
        logGroup: named ?? `/aws/lambda/${spelled(hop.label)}`,
        requestId,
        from: Math.floor(hop.asked / 1_000) - MARGIN,
        to: Math.ceil((hop.end ?? hop.start + STILL_RUNNING * 1_000) / 1_000) + MARGIN,
      };
}

function isInvocation(row: Row): boolean {
  return row.role === 'hop' && row.entities.some((entity) => FUNCTION.test(entity.origin));
}

/** Whether `row` is work of `hop` itself, not of another service further down. */
function holds(hop: Row, row: Row): boolean {
  return hop.children.some((child) => child.key === row.key || (child.role !== 'hop' && holds(child, row)));
}
