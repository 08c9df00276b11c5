// SPDX-License-Identifier: Apache-2.0
import {
  BatchGetTracesCommand,
  GetServiceGraphCommand,
  GetTraceGraphCommand,
  GetTraceSummariesCommand,
  type Service,
  type Trace,
  type TraceSummary,
  XRayClient,
} from '@aws-sdk/client-xray';
import type { Stretch } from '../url/range';
import { clientConfig, until } from './server';

export type { Service, Trace, TraceSummary };

export const xrayClient = new XRayClient(clientConfig());

/** BatchGetTraces takes no more. */
const TRACES_AT_ONCE = 5;
/** A graph of more pages is not readable anyway. */
const GRAPH_PAGES = 100;

export interface SummariesPage {
  readonly summaries: TraceSummary[];
  readonly next: string | undefined;
}

export async function traceSummaries(
  stretch: Stretch,
  filter: string,
  by: 'TraceId' | 'Event',
  next?: string,
  signal?: AbortSignal,
): Promise<SummariesPage> {
  const answer = await xrayClient.send(
    new GetTraceSummariesCommand({
      StartTime: new Date(stretch.from),
      EndTime: new Date(stretch.to),
      TimeRangeType: by,
      FilterExpression: filter || undefined,
      NextToken: next,
    }),
    until(signal),
  );
  return { summaries: answer.TraceSummaries ?? [], next: answer.NextToken || undefined };
}

/** The traces that are there, in the order of `ids`. */
export async function traces(ids: readonly string[], signal?: AbortSignal): Promise<Trace[]> {
  const found = new Map<string, Trace>();
  for (let at = 0; at < ids.length; at += TRACES_AT_ONCE) {
    const answer = await xrayClient.send(new BatchGetTracesCommand({ TraceIds: ids.slice(at, at + TRACES_AT_ONCE) }), {
      ...until(signal),
    });
    for (const trace of answer.Traces ?? []) {
      found.set(trace.Id ?? '', trace);
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Every service of the stretch; the API allows six hours at most. */
export async function serviceGraph(stretch: Stretch, group: string, signal?: AbortSignal): Promise<Service[]> {
  const services: Service[] = [];
  let next: string | undefined;
  for (let page = 0; page < GRAPH_PAGES; page++) {
    const answer = await xrayClient.send(
      new GetServiceGraphCommand({
        StartTime: new Date(stretch.from),
        EndTime: new Date(stretch.to),
        GroupName: group || undefined,
        NextToken: next,
      }),
      until(signal),
    );
    services.push(...(answer.Services ?? []));
    next = answer.NextToken || undefined;
    if (next === undefined) {
      break;
    }
  }
  return services;
}

/** The services of these traces alone. */
export async function traceGraph(ids: readonly string[], signal?: AbortSignal): Promise<Service[]> {
  const services: Service[] = [];
  let next: string | undefined;
  for (let page = 0; page < GRAPH_PAGES; page++) {
    const answer = await xrayClient.send(
      new GetTraceGraphCommand({ TraceIds: [...ids], NextToken: next }),
      until(signal),
    );
    services.push(...(answer.Services ?? []));
    next = answer.NextToken || undefined;
    if (next === undefined) {
      break;
    }
  }
  return services;
}
