// SPDX-License-Identifier: Apache-2.0

/** What a replay tells of itself, as far as it matters how far it is. */
export interface ReplayTimes {
  readonly State?: string | undefined;
  readonly EventStartTime?: Date | undefined;
  readonly EventEndTime?: Date | undefined;
  readonly EventLastReplayedTime?: Date | undefined;
}

const OVER = new Set(['COMPLETED', 'CANCELLED', 'FAILED']);

/** Whether nothing more will happen. */
export function isOver({ State = '' }: ReplayTimes): boolean {
  return OVER.has(State);
}

/** How far a replay is, 0 to 1: the part of its stretch of time that it has been through. */
export function doneOf(replay: ReplayTimes): number {
  const { State, EventStartTime, EventEndTime, EventLastReplayedTime } = replay;
  if (State === 'COMPLETED') {
    return 1;
  }
  const from = EventStartTime?.getTime() ?? 0;
  const to = EventEndTime?.getTime() ?? 0;
  const at = EventLastReplayedTime?.getTime();
  return at === undefined || to <= from ? 0 : Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** The class of outcomes that a state looks like. */
export function lookOf(state: string | undefined): string {
  switch (state) {
    case 'COMPLETED':
      return 'is-ok';
    case 'FAILED':
      return 'is-fault';
    case 'CANCELLED':
    case 'CANCELLING':
      return 'is-error';
    default:
      return 'is-in-progress';
  }
}

/** Letters, digits, `.`, `-` and `_`, 64 at most: a name that nobody used before. */
export function replayName(archive: string, now: Date): string {
  const stamp = now
    .toISOString()
    .replace(/[-:TZ.]/g, '')
    .slice(0, 17);
  return `${archive.replace(/[^.\-_A-Za-z0-9]/g, '-').slice(0, 46)}-${stamp}`;
}

/** A moment as `input type="datetime-local"` wants it: local, to the second. */
export function localInput(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
