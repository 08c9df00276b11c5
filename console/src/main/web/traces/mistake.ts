// SPDX-License-Identifier: Apache-2.0

/** Where the server's message says that an expression is wrong: characters counted from 0; undefined if it does not. */
export function mistakeAt(message: string, expression: string): number | undefined {
  const [, column] = /(?:position|column|character|char|index|at)\s*:?\s*(\d+)/i.exec(message) ?? [];
  const at = column === undefined ? undefined : Number(column);
  return at === undefined || at > expression.length ? undefined : at;
}
