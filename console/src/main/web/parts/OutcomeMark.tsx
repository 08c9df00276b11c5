// SPDX-License-Identifier: Apache-2.0
import { type Outcome, outcomeClass, SIGNS } from '../format/outcome';

/** The outcome as a coloured word with its sign. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome }) {
  return (
    <span className={`outcome ${outcomeClass(outcome)}`}>
      <i aria-hidden="true">{SIGNS[outcome]}</i>
      {outcome}
    </span>
  );
}
