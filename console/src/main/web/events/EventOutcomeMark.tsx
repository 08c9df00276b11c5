// SPDX-License-Identifier: Apache-2.0

const LOOKS: Record<string, readonly [look: string, sign: string]> = {
  delivered: ['is-ok', ''],
  pending: ['is-in-progress', '▸'],
  retrying: ['is-error', '!'],
  untargeted: ['is-refused', '⊘'],
  retried: ['is-error', '!'],
  unmatched: ['is-refused', '⊘'],
  refused: ['is-refused', '⊘'],
  failed: ['is-fault', '✕'],
  'dead-lettered': ['is-fault', '✕'],
  dropped: ['is-fault', '✕'],
};

/** The outcome of an event or a delivery. */
export function EventOutcomeMark({ outcome }: { readonly outcome: string }) {
  const [look, sign] = LOOKS[outcome] ?? ['', ''];
  return (
    <span className={`outcome ${look}`}>
      <i aria-hidden="true">{sign}</i>
      {outcome}
    </span>
  );
}
