// SPDX-License-Identifier: Apache-2.0
import { type SummariesPage, traceSummaries } from '../api/xray';
import { type Range, type Stretch, stretchAt } from '../url/range';
import { lineOf, type TraceLine } from './line';
import { merge } from './merge';

/** The traces of a stretch of time, newest first, as far as they have been read. */
export interface Feed {
  readonly lines: readonly TraceLine[];
  readonly stretch: Stretch;
  /** Continues with older traces; undefined when all are here. */
  readonly next: string | undefined;
}

/** Pages that are read before the first look; older ones come when they are scrolled to. */
const EAGER_PAGES = 3;
/** A trace that changed less than this long ago is asked for again: its last documents may have come since. */
const OVERLAP = 15_000;
const LARGEST_WINDOW = 24 * 3_600_000;

export async function readFeed(range: Range, filter: string, signal: AbortSignal, pages = EAGER_PAGES): Promise<Feed> {
  const stretch = bounded(stretchAt(range, Date.now()));
  const lines: TraceLine[] = [];
  let next: string | undefined;
  for (let page = 0; page < pages; page++) {
    const answer: SummariesPage = await traceSummaries(stretch, filter, 'TraceId', next, signal);
    lines.push(...answer.summaries.map(lineOf));
    next = answer.next;
    if (next === undefined) {
      break;
    }
  }
  return { lines: merge([], lines, stretch), stretch, next };
}

/** What happened since `feed` was read, merged into it: one small question instead of all pages again. */
export async function readNews(feed: Feed, range: Range, filter: string, signal: AbortSignal): Promise<Feed> {
  const stretch = bounded(stretchAt(range, Date.now()));
  const since = { from: Math.max(stretch.from, feed.stretch.to - OVERLAP), to: stretch.to };
  const lines: TraceLine[] = [];
  let next: string | undefined;
  do {
    const answer: SummariesPage = await traceSummaries(since, filter, 'Event', next, signal);
    lines.push(...answer.summaries.map(lineOf));
    next = answer.next;
  } while (next !== undefined);
  return { lines: merge(feed.lines, lines, stretch), stretch, next: feed.next };
}

export async function readOlder(feed: Feed, filter: string): Promise<Feed> {
  const answer = await traceSummaries(feed.stretch, filter, 'TraceId', feed.next);
  return {
    lines: merge(feed.lines, answer.summaries.map(lineOf), feed.stretch),
    stretch: feed.stretch,
    next: answer.next,
  };
}

/** The API answers for a day at most: the newest day of a longer stretch. */
function bounded(stretch: Stretch): Stretch {
  return { from: Math.max(stretch.from, stretch.to - LARGEST_WINDOW + 1_000), to: stretch.to };
}
