// SPDX-License-Identifier: Apache-2.0

/** `text` as a string of the filter language. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Both conditions; either alone if the other is empty. */
export function both(a: string, b: string): string {
  return a.trim() && b.trim() ? `${a.trim()} AND ${b.trim()}` : a.trim() || b.trim();
}

/** The condition that a trace touched a service. */
export function touches(name: string, type: string | undefined): string {
  return type ? `service(id(name: ${quoted(name)}, type: ${quoted(type)}))` : `service(${quoted(name)})`;
}
