// SPDX-License-Identifier: Apache-2.0
import { isObject, type Json, textAt } from '../trace/json';

/** The AWS CLI's command that puts the same event again; undefined if its content is not known. */
export function commandFor(event: unknown, bus: string): string | undefined {
  const json = event as Json;
  if (!isObject(json) || json.detail === undefined) {
    return undefined;
  }
  const entry = {
    EventBusName: bus,
    Source: textAt(json, 'source'),
    DetailType: textAt(json, 'detail-type'),
    Detail: JSON.stringify(json.detail),
  };
  return `aws events put-events --entries ${shellQuoted(JSON.stringify([entry]))}`;
}

/** One word for a POSIX shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
