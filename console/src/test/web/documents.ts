// SPDX-License-Identifier: Apache-2.0
// Segment documents for tests. Times are milliseconds after a fixed moment, so that expectations can be read off.
import type { Trace } from '@aws-sdk/client-xray';

export const TRACE = '1-6b036e96-6c5f51383e832b1faf20689c';
/** Microseconds since the epoch at which every trace of these tests begins. */
export const ZERO = 1_795_386_000_000_000;

export type Document = Record<string, unknown>;

export function at(millis: number): number {
  return ZERO / 1e6 + millis / 1e3;
}

export function micros(millis: number): number {
  return ZERO + millis * 1e3;
}

/** An entity from `start` to `end`; without an end it is in progress. */
export function entity(
  id: string,
  name: string,
  start: number,
  end: number | undefined,
  more: Document = {},
): Document {
  const times = end === undefined ? { in_progress: true } : { end_time: at(end) };
  return { id, name, start_time: at(start), ...times, ...more };
}

export function traceOf(...documents: Document[]): Trace {
  return {
    Id: TRACE,
    Segments: documents.map((document) => ({
      Id: String(document.id),
      Document: JSON.stringify({ trace_id: TRACE, ...document }),
    })),
  };
}

/**
 * One order: the stage calls `order` and has its answer after 40 ms; `order` puts an event, for which the bus has `payment`
 * wait from 30 to 50 ms and work until 550 ms.
 */
export function order(): Document[] {
  return [
    entity('stage', 'orders-api/prod', 0, 40, {
      origin: 'AWS::ApiGateway::Stage',
      http: { request: { method: 'POST', url: 'http://x/prod/orders/1' }, response: { status: 200 } },
      subsegments: [entity('call', 'Lambda', 1, 39, { namespace: 'aws', aws: { operation: 'Invoke' } })],
    }),
    ...invocation('order', 'call', 2, 2, 38, [
      entity('process', 'process_order', 5, 30, {
        annotations: { order_id: 'order-1' },
        subsegments: [entity('put', 'EventBridge', 10, 28, { namespace: 'aws', aws: { operation: 'PutEvents' } })],
      }),
    ]),
    entity('bus', 'Events', 12, 20, {
      parent_id: 'put',
      origin: 'AWS::Events',
      inferred: true,
      annotations: { 'clew.bus': 'orders' },
      metadata: { clew: { 'clew.events': [{ id: 'event-1', bus: 'orders', matched_rules: ['pay'] }] } },
      subsegments: [delivery('delivered', 'payment')],
    }),
    ...invocation('payment', 'bus', 30, 50, 550, [entity('pay', 'process_payment', 52, 548)]),
  ];
}

/** The service's and the function's document of one invocation: asked, begun and ended at these times. */
export function invocation(
  name: string,
  parent: string,
  asked: number,
  began: number,
  ended: number,
  inside: Document[] = [],
): Document[] {
  return [
    entity(`${name}-service`, name, asked, ended, {
      parent_id: parent,
      origin: 'AWS::Lambda',
      aws: { request_id: `request-${name}` },
      subsegments: [entity(`${name}-dwell`, 'Dwell Time', asked, began)],
    }),
    entity(`${name}-function`, name, began, ended, {
      parent_id: `${name}-service`,
      origin: 'AWS::Lambda::Function',
      subsegments: [
        entity(`${name}-invocation`, 'Invocation', began, ended - 1, { subsegments: inside }),
        entity(`${name}-overhead`, 'Overhead', ended - 1, ended),
      ],
    }),
  ];
}

export function delivery(outcome: string, target: string, more: Document = {}): Document {
  return entity(`delivery-${target}`, target, 22, 24, {
    annotations: {
      'clew.outcome': outcome,
      'clew.target': `arn:aws:lambda:us-east-1:111111111111:function:${target}`,
      'clew.rule': 'arn:aws:events:us-east-1:111111111111:rule/orders/pay',
      'clew.event_id': 'event-1',
      'clew.attempt': 1,
      'clew.wait_ms': 7,
    },
    ...more,
  });
}
