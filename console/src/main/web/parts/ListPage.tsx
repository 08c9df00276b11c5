// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';

interface ListPageProps {
  readonly list: ReactNode;
  /** What is chosen from the list, if anything is. */
  readonly chosen: ReactNode;
}

/** A list, and beside it what is chosen from it. */
export function ListPage({ list, chosen }: ListPageProps) {
  return chosen ? (
    <div className="split">
      <div className="listing">{list}</div>
      <div className="side pad stack">{chosen}</div>
    </div>
  ) : (
    <div className="listing is-alone">{list}</div>
  );
}
