// SPDX-License-Identifier: Apache-2.0
import { PutTraceSegmentsCommand, XRayClient } from '@aws-sdk/client-xray';

export type Document = Record<string, unknown>;

const AT_ONCE = 50;

export function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** A trace id of now; `number` tells the traces of a test apart. */
export function traceId(number: number): string {
  return `1-${hex(Math.floor(Date.now() / 1_000), 8)}-${hex(number, 24)}`;
}

export async function putSegments(endpoint: string, documents: readonly Document[]): Promise<void> {
  const client = new XRayClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  for (let at = 0; at < documents.length; at += AT_ONCE) {
    const answer = await client.send(
      new PutTraceSegmentsCommand({
        TraceSegmentDocuments: documents.slice(at, at + AT_ONCE).map((document) => JSON.stringify(document)),
      }),
    );
    const [refused] = answer.UnprocessedTraceSegments ?? [];
    if (refused) {
      throw new Error(`segment ${refused.Id} was refused: ${refused.Message}`);
    }
  }
}

/** One trace of `count` subsegments, in documents that stay below 64 KB. */
export function large(trace: string, count: number): Document[] {
  const now = Date.now() / 1_000 - 10;
  const perDocument = 100;
  return Array.from({ length: Math.ceil(count / perDocument) }, (_, part) => ({
    trace_id: trace,
    id: hex(part + 1, 16),
    parent_id: part === 0 ? undefined : hex(1, 16),
    name: `service-${part}`,
    start_time: now + part / 100,
    end_time: now + 5,
    subsegments: Array.from({ length: perDocument }, (_, index) => ({
      id: hex(0x10000 + part * perDocument + index, 16),
      name: `step ${part}.${index}`,
      start_time: now + part / 100 + index / 1_000,
      end_time: now + part / 100 + (index + 1) / 1_000,
    })),
  }));
}

/** Traces whose services make a map of `count` nodes, a tree of three below each. */
export function wide(first: number, count: number): Document[] {
  const now = Date.now() / 1_000 - 5;
  return Array.from({ length: count }, (_, index) => {
    const parent = Math.floor((index - 1) / 3);
    return {
      trace_id: traceId(first),
      id: hex(0x900000 + index, 16),
      parent_id: index === 0 ? undefined : hex(0x900000 + parent, 16),
      name: `node-${index}`,
      origin: 'AWS::ECS::Container',
      start_time: now + index / 10_000,
      end_time: now + 1,
    };
  });
}

/** What would run if any of it were taken for markup, script or address. */
export const HOSTILE = [
  '<script>window.hurt = 1</script>',
  '<img src=x onerror="window.hurt=1">',
  '"><svg onload=window.hurt=1>',
  'javascript:window.hurt=1',
  "'-window.hurt=1-'",
  '{{constructor.constructor("window.hurt=1")()}}',
  '\u202Egnp.exe',
];
