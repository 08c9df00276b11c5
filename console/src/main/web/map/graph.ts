// SPDX-License-Identifier: Apache-2.0
import type { EdgeStatistics, HistogramEntry, Service, ServiceStatistics } from '@aws-sdk/client-xray';

/** How calls ended, and the seconds they took together. */
export interface Counts {
  readonly ok: number;
  readonly error: number;
  readonly throttle: number;
  readonly fault: number;
  readonly seconds: number;
}

/** How many calls took how many seconds, by seconds. */
export type Histogram = ReadonlyArray<{ readonly value: number; readonly count: number }>;

/** A service as a person thinks of it: a function is one node, not the service's and the code's view of it. */
export interface GraphNode {
  /** The same for the same service at every reading. */
  readonly id: string;
  readonly name: string;
  /** Origin of its segments, `client`, or "" if unknown. */
  readonly type: string;
  readonly root: boolean;
  readonly counts: Counts;
  readonly times: Histogram;
}

export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly counts: Counts;
  readonly times: Histogram;
  /** Whether events lead there, and nobody waits for an answer. */
  readonly events: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export const CLIENT = 'client';
const LAMBDA = 'AWS::Lambda';
const FUNCTION = 'AWS::Lambda::Function';
const ASYNCHRONOUS = new Set(['AWS::Events', 'AWS::SQS', 'AWS::SQS::Queue', 'AWS::SNS', 'AWS::SNS::Topic']);
const NONE: Counts = { ok: 0, error: 0, throttle: 0, fault: 0, seconds: 0 };

export function graphOf(services: readonly Service[]): Graph {
  const ids = new Map<number, string>();
  const nodes = new Map<string, GraphNode>();
  const functions = new Set(services.flatMap(({ Type, Name }) => (Type === FUNCTION ? (Name ?? []) : [])));
  for (const service of services) {
    const node = nodeOf(service, functions);
    const known = nodes.get(node.id);
    ids.set(service.ReferenceId ?? -1, node.id);
    nodes.set(node.id, known ? mergeViews(known, node, service.Type === FUNCTION) : node);
  }
  const edges = new Map<string, GraphEdge>();
  for (const service of services) {
    for (const edge of edgesOf(service, ids, nodes)) {
      const known = edges.get(edge.id);
      edges.set(edge.id, known ? mergeEdges(known, edge) : edge);
    }
  }
  const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return { nodes: [...nodes.values()].sort(byId), edges: [...edges.values()].sort(byId) };
}

function nodeOf(service: Service, functions: ReadonlySet<string>): GraphNode {
  const name = service.Name ?? '';
  const type = service.Type ?? '';
  const lambda = type === FUNCTION || (type === LAMBDA && functions.has(name));
  return {
    id: lambda ? `${LAMBDA}/${name}` : `${type}/${name}/${service.AccountId ?? ''}`,
    name,
    type: lambda ? LAMBDA : type,
    root: service.Root ?? false,
    counts: countsOf(service.SummaryStatistics),
    times: histogramOf(service.ResponseTimeHistogram),
  };
}

/** Calls are those that the service accepted; how long they took is what the code took. */
function mergeViews(known: GraphNode, other: GraphNode, otherIsCode: boolean): GraphNode {
  const [service, code] = otherIsCode ? [known, other] : [other, known];
  const counts = total(service.counts) > 0 ? service.counts : code.counts;
  const measured = total(code.counts) > 0;
  return {
    ...service,
    root: service.root || code.root,
    counts: measured ? { ...counts, seconds: code.counts.seconds } : counts,
    times: measured ? code.times : service.times,
  };
}

function edgesOf(
  service: Service,
  ids: ReadonlyMap<number, string>,
  nodes: ReadonlyMap<string, GraphNode>,
): GraphEdge[] {
  const source = ids.get(service.ReferenceId ?? -1) ?? '';
  return (service.Edges ?? []).flatMap((edge) => {
    const target = ids.get(edge.ReferenceId ?? -1);
    if (target === undefined || target === source) {
      return []; // within one function, or on a page that is not here
    }
    const events = edge.EdgeType === 'link' || ASYNCHRONOUS.has(nodes.get(source)?.type ?? '');
    return {
      id: `${source} → ${target}`,
      source,
      target,
      counts: countsOf(edge.SummaryStatistics),
      times: histogramOf(edge.ResponseTimeHistogram),
      events,
    };
  });
}

function mergeEdges(a: GraphEdge, b: GraphEdge): GraphEdge {
  return { ...a, counts: plus(a.counts, b.counts), times: [...a.times, ...b.times], events: a.events && b.events };
}

function countsOf(statistics: ServiceStatistics | EdgeStatistics | undefined): Counts {
  return statistics === undefined
    ? NONE
    : {
        ok: statistics.OkCount ?? 0,
        error: statistics.ErrorStatistics?.OtherCount ?? 0,
        throttle: statistics.ErrorStatistics?.ThrottleCount ?? 0,
        fault: statistics.FaultStatistics?.TotalCount ?? 0,
        seconds: statistics.TotalResponseTime ?? 0,
      };
}

function plus(a: Counts, b: Counts): Counts {
  return {
    ok: a.ok + b.ok,
    error: a.error + b.error,
    throttle: a.throttle + b.throttle,
    fault: a.fault + b.fault,
    seconds: a.seconds + b.seconds,
  };
}

export function total({ ok, error, throttle, fault }: Counts): number {
  return ok + error + throttle + fault;
}

function histogramOf(entries: readonly HistogramEntry[] | undefined): Histogram {
  return (entries ?? [])
    .map((entry) => ({ value: entry.Value ?? 0, count: entry.Count ?? 0 }))
    .sort((a, b) => a.value - b.value);
}
