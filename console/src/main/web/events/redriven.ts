// SPDX-License-Identifier: Apache-2.0
import { shortName } from '../format/names';
import type { EventOutcome, EventStory } from './story';

/** A delivery that is made again. */
export interface Redriven {
  readonly event: string;
  readonly rule: string;
  readonly target: string;
}

/** How deliveries that are made again fare. */
export interface Tally {
  readonly all: number;
  readonly delivered: number;
  /** Given up once more. */
  readonly failed: number;
}

const GIVEN_UP: readonly EventOutcome[] = ['failed', 'dead-lettered'];

/** What the stories at hand say of `redriven`; one that no story tells of is still on its way. */
export function tallyOf(redriven: readonly Redriven[], stories: readonly EventStory[]): Tally {
  const outcomes = new Map<string, EventOutcome>();
  for (const story of stories) {
    for (const { rule, target, outcome } of story.deliveries) {
      outcomes.set(keyOf(story.id, rule, target), outcome);
    }
  }
  const ends = redriven.map(({ event, rule, target }) => outcomes.get(keyOf(event, shortName(rule), target)));
  return {
    all: redriven.length,
    delivered: ends.filter((outcome) => outcome === 'delivered').length,
    failed: ends.filter((outcome) => outcome && GIVEN_UP.includes(outcome)).length,
  };
}

export function isSettled({ all, delivered, failed }: Tally): boolean {
  return delivered + failed >= all;
}

/** Whether nothing will happen to the event by itself any more. */
export function isAtRest({ outcome }: EventStory): boolean {
  return outcome !== 'pending' && outcome !== 'retrying';
}

function keyOf(event: string, rule: string, target: string): string {
  return [event, rule, target].join(' ');
}
