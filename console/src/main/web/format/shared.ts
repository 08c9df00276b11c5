// SPDX-License-Identifier: Apache-2.0

/**
 * Names without what all of them, if they are several, share at their end, so that `order-service-x1` and
 * `payment-service-x1` read as order and payment. A stage's name is its API's name, a slash and more: the more is left out.
 */
export function shortened(names: readonly string[]): Map<string, string> {
  const parts = [...new Set(names)].map((name) => base(name).split('-'));
  let shared = parts.length < 2 ? 0 : Math.min(...parts.map((part) => part.length - 1));
  for (const part of parts) {
    for (const other of parts) {
      let same = 0;
      while (same < shared && part.at(-1 - same) === other.at(-1 - same)) {
        same++;
      }
      shared = Math.min(shared, same);
    }
  }
  return new Map(
    names.map((name) => [
      name,
      base(name)
        .split('-')
        .slice(0, -shared || undefined)
        .join('-'),
    ]),
  );
}

function base(name: string): string {
  return name.replace(/(?<=.)\/.*$/, '');
}
