// SPDX-License-Identifier: Apache-2.0
import { clock, exact } from '../format/time';

/** Local time, the whole with its zone on hover. */
export function When({ at }: { readonly at: Date | undefined }) {
  return at ? (
    <time dateTime={at.toISOString()} title={exact(at)}>
      {clock(at)}
    </time>
  ) : (
    <span>–</span>
  );
}
