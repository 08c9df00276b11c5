// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import { isPushed, listen } from '../api/live';
import { LIVE_EVERY } from './range';

/** While the server pushes, the clock is only for what scrolls out of the chosen time. */
const WHILE_PUSHED = 15_000;

/** Calls `refresh` whenever the server tells of new traces, while `live`. */
export function useNews(live: boolean, refresh: () => unknown): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => (live ? listen(() => void latest.current()) : undefined), [live]);
}

/** For `refetchInterval` beside {@link useNews}. */
export function pace(live: boolean, failed: boolean): number | false {
  return !live || failed ? false : isPushed() ? WHILE_PUSHED : LIVE_EVERY;
}
