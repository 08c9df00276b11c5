// SPDX-License-Identifier: Apache-2.0
import { quoted } from '../traces/expression';

/** Where a search leads: page and parameters. */
export interface Found {
  readonly path: string;
  readonly params: Record<string, string | undefined>;
}

const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;
const W3C_TRACE_ID = /^[0-9a-f]{32}$/i;
const EVENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ANNOTATION = /^([A-Za-z0-9_.:-]+)\s*=\s*"?([^"]*)"?$/;

/** A trace id opens the trace, an event id the event, `key=value` filters by annotation, other text is looked for. */
export function searchFor(text: string): Found | undefined {
  const wanted = text.trim();
  if (wanted === '') {
    return undefined;
  }
  if (TRACE_ID.test(wanted)) {
    return { path: `traces/${wanted.toLowerCase()}`, params: {} };
  }
  if (W3C_TRACE_ID.test(wanted)) {
    const id = wanted.toLowerCase();
    return { path: `traces/1-${id.slice(0, 8)}-${id.slice(8)}`, params: {} };
  }
  if (EVENT_ID.test(wanted)) {
    return { path: `events/${wanted.toLowerCase()}`, params: {} };
  }
  const [, key, value] = ANNOTATION.exec(wanted) ?? [];
  if (key !== undefined && value !== undefined) {
    const name = key.replace(/^annotation\./, '');
    return { path: 'traces', params: { filter: `annotation[${name}] = ${literal(value)}` } };
  }
  return { path: 'traces', params: { find: wanted } };
}

function literal(value: string): string {
  return /^(-?\d+(\.\d+)?|true|false)$/.test(value) ? value : quoted(value);
}
