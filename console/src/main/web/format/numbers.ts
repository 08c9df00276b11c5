// SPDX-License-Identifier: Apache-2.0

/** A span of time as people read it: `412 µs`, `1.24 ms`, `532 ms`, `2.1 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(micros: number): string {
  if (!Number.isFinite(micros)) {
    return '–';
  }
  if (micros < 0) {
    return `−${duration(-micros)}`;
  }
  if (micros < 999.5) {
    return `${Math.round(micros)} µs`;
  }
  const millis = micros / 1_000;
  if (millis < 999.5) {
    return `${three(millis)} ms`;
  }
  const seconds = micros / 1_000_000;
  if (seconds < 99.95) {
    return `${three(seconds).replace(/\.?0+$/, '')} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 3_600) {
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  const minutes = Math.floor(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The same for the seconds that the X-Ray API speaks in; a dash for what is not known yet. */
export function seconds(value: number | undefined): string {
  return value === undefined ? '–' : duration(value * 1_000_000);
}

/** The share of `part` in `whole`: `2.1 %`, `100 %`, `0 %`. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) {
    return '0 %';
  }
  const percent = (100 * part) / whole;
  return `${percent >= 99.95 ? '100' : percent.toFixed(percent >= 10 ? 0 : 1)} %`;
}

/** A count with thin groups: `12 345`. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** Bytes in the unit that gives one to three digits before the point. */
export function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let scaled = value;
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1_024;
    unit++;
  }
  return `${unit === 0 ? scaled : three(scaled)} ${units[unit]}`;
}

function three(value: number): string {
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}
