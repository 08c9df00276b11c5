// SPDX-License-Identifier: Apache-2.0

interface JsonBlockProps {
  /** For those who cannot see it: what it is. */
  readonly label: string;
  /** A text that may be JSON, or any other value. */
  readonly value: unknown;
}

/** JSON with room to breathe; reachable by keyboard, because it may scroll. */
export function JsonBlock({ label, value }: JsonBlockProps) {
  return (
    <section className="json" aria-label={label} tabIndex={0}>
      <pre>{typeof value === 'string' ? pretty(value) : JSON.stringify(value, null, 2)}</pre>
    </section>
  );
}

/** The text as it is if it is not JSON. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
