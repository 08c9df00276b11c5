// SPDX-License-Identifier: Apache-2.0

/** A part of an expression, as characters from its beginning. */
export interface Mistake {
  readonly from: number;
  readonly to: number;
}

/** What the server's message says is wrong: `… 'okay' at column 1 …`; undefined if it names no column of the expression. */
export function mistakeIn(message: string, expression: string): Mistake | undefined {
  const column = Number(/\b(?:column|position)\s+(\d+)/i.exec(message)?.[1] ?? 0);
  if (column < 1 || column > expression.length + 1) {
    return undefined;
  }
  const from = column - 1;
  const [, symbol = ''] = /'([^']*)' at /.exec(message) ?? [];
  const length = symbol !== '' && expression.startsWith(symbol, from) ? symbol.length : 1;
  return { from, to: from + length };
}
