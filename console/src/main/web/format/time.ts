// SPDX-License-Identifier: Apache-2.0

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const DAY: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };

/** Local time of day, with the day in front when it is not today. */
export function clock(at: Date, now: Date = new Date()): string {
  const time = at.toLocaleTimeString(undefined, CLOCK);
  return at.toDateString() === now.toDateString() ? time : `${at.toLocaleDateString(undefined, DAY)} ${time}`;
}

/** Local date and time with milliseconds and the zone, for the hover of a shorter form. */
export function exact(at: Date): string {
  return at.toLocaleString(undefined, {
    dateStyle: undefined,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    ...CLOCK,
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  });
}

/** How long ago: `12 s ago`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function ago(at: Date, now: Date = new Date()): string {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1_000));
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`;
}
