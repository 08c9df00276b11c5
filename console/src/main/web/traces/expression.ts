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

/** What traces have in common, as a condition of the filter language. */
export function conditionOf(field: string, value: string): string {
  switch (field) {
    case 'outcome':
      return value === 'failure inside' ? 'service() { fault }' : value === 'in progress' ? 'partial' : value;
    case 'status':
      return `http.status = ${value}`;
    case 'service':
    case 'entry point':
      return `service(${quoted(value)})`;
    case 'URL':
      return `http.url CONTAINS ${quoted(value.replace(/^[A-Z]+ /, ''))}`;
    case 'user':
      return `user = ${quoted(value)}`;
    default: {
      const literal = /^(-?\d+(\.\d+)?|true|false)$/.test(value) ? value : quoted(value);
      return `annotation[${field.replace(/^annotation /, '')}] = ${literal}`;
    }
  }
}
