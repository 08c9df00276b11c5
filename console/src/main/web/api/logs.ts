// SPDX-License-Identifier: Apache-2.0
import {
  CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Invocation } from '../trace/invocation';
import { clientConfig, until } from './server';

export interface LogLine {
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

const client = new CloudWatchLogsClient(clientConfig());
const MOST = 1_000;

/**
 * The lines of one invocation: those that name its request id, and everything the same environment wrote between them,
 * for `print` knows no request id, and an environment serves one request at a time.
 */
export async function invocationLines(invocation: Invocation, signal: AbortSignal): Promise<LogLine[]> {
  const { logGroup, requestId, from, to } = invocation;
  const named = await filtered(
    { logGroupName: logGroup, filterPattern: `"${requestId}"`, startTime: from, endTime: to, limit: MOST },
    signal,
  );
  const stream = named[0]?.logStreamName;
  if (stream === undefined) {
    return [];
  }
  const times = named.map((event) => event.timestamp ?? 0);
  const answer = await client.send(
    new GetLogEventsCommand({
      logGroupName: logGroup,
      logStreamName: stream,
      startTime: Math.min(...times),
      endTime: Math.max(...times) + 1,
      startFromHead: true,
      limit: MOST,
    }),
    until(signal),
  );
  const lines = (answer.events ?? []).map((event) => ({ at: event.timestamp ?? 0, text: event.message ?? '' }));
  return between(lines, requestId).map(keyed);
}

/** From the first line that names `requestId` to the last one. */
export function between<Line extends { readonly text: string }>(lines: readonly Line[], requestId: string): Line[] {
  const names = (line: Line) => line.text.includes(requestId);
  const first = lines.findIndex(names);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(names) + 1);
}

/** The newest lines of a group that match `pattern`, oldest first. */
export async function recentLines(
  logGroup: string,
  from: number,
  pattern: string,
  signal: AbortSignal,
): Promise<LogLine[]> {
  const events = await filtered(
    { logGroupName: logGroup, startTime: from, filterPattern: pattern || undefined, limit: MOST },
    signal,
  );
  return events.map((event) => ({ at: event.timestamp ?? 0, text: event.message ?? '' })).map(keyed);
}

async function filtered(input: FilterLogEventsCommandInput, signal: AbortSignal): Promise<FilteredLogEvent[]> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const answer = await client.send(new FilterLogEventsCommand({ ...input, nextToken }), until(signal));
      events.push(...(answer.events ?? []));
      nextToken = answer.nextToken;
    } while (nextToken && events.length < MOST);
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') {
      return []; // the group comes with its first line
    }
    throw error;
  }
  return events;
}

function keyed(line: { readonly at: number; readonly text: string }, index: number): LogLine {
  return { ...line, key: `${line.at}/${index}`, text: line.text.replace(/\n+$/, '') };
}
