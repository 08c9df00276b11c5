// SPDX-License-Identifier: Apache-2.0
import type { AnnotationValue, TraceSummary } from '@aws-sdk/client-xray';
import { requestLine } from '../format/names';
import type { Outcome } from '../format/outcome';

/** One trace as the list shows it. */
export interface TraceLine {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** Seconds from the first start to the last end; undefined while nothing has ended. */
  readonly duration: number | undefined;
  /** Seconds until the caller had its answer. */
  readonly response: number | undefined;
  /** How the entry point answered. */
  readonly outcome: Outcome;
  /** Whether something failed that the caller did not see. */
  readonly inside: boolean;
  readonly what: string;
  readonly entry: string;
  readonly status: number | undefined;
  readonly services: readonly string[];
  readonly annotations: ReadonlyArray<readonly [key: string, value: string]>;
  readonly users: readonly string[];
}

/** Annotations that the platform itself writes: they say nothing about the order or customer a reader looks for. */
const PLATFORM = /^(aws:|clew\.)/;

export function lineOf(summary: TraceSummary): TraceLine {
  const entry = summary.EntryPoint?.Name ?? '';
  const http = summary.Http;
  return {
    id: summary.Id ?? '',
    start: startOf(summary),
    duration: summary.Duration ?? undefined,
    response: summary.ResponseTime ?? undefined,
    outcome: outcomeOf(summary),
    inside: !summary.HasFault && ((summary.FaultRootCauses?.length ?? 0) > 0 || refused(summary)),
    what: requestLine(http?.HttpMethod, http?.HttpURL) || entry || 'trace',
    entry,
    status: http?.HttpStatus ?? undefined,
    services: servicesOf(summary),
    annotations: annotationsOf(summary),
    users: (summary.Users ?? []).flatMap((user) => user.UserName ?? []),
  };
}

function outcomeOf(summary: TraceSummary): Outcome {
  if (summary.HasFault) {
    return 'fault';
  }
  if (summary.HasThrottle) {
    return 'throttle';
  }
  return summary.HasError ? 'error' : summary.IsPartial ? 'in progress' : 'ok';
}

/** Whether the bus had to tell of a delivery that did not reach its target. */
function refused(summary: TraceSummary): boolean {
  const outcomes = summary.Annotations?.['clew.outcome'] ?? [];
  return outcomes.some(({ AnnotationValue: value }) =>
    ['refused', 'failed', 'dead-lettered', 'dropped'].includes(value?.StringValue ?? ''),
  );
}

/** The API may leave StartTime out; the id carries the second. */
function startOf(summary: TraceSummary): number {
  return summary.StartTime?.getTime() ?? Number.parseInt(summary.Id?.slice(2, 10) ?? '0', 16) * 1_000;
}

function servicesOf(summary: TraceSummary): string[] {
  const names = new Set<string>();
  for (const { Name, Type } of summary.ServiceIds ?? []) {
    if (Name && Type !== 'client') {
      names.add(Name);
    }
  }
  return [...names].sort();
}

/** Keys of one value first: an order's id says more about a trace than what each of its services is called. */
function annotationsOf(summary: TraceSummary): Array<readonly [string, string]> {
  return Object.entries(summary.Annotations ?? {})
    .filter(([key]) => !PLATFORM.test(key))
    .sort(([a, some], [b, others]) => some.length - others.length || (a < b ? -1 : 1))
    .flatMap(([key, values]) => values.map((value) => [key, spelled(value.AnnotationValue)] as const));
}

function spelled(value: AnnotationValue | undefined): string {
  return String(value?.StringValue ?? value?.NumberValue ?? value?.BooleanValue ?? '');
}
