// SPDX-License-Identifier: Apache-2.0
import { duration } from '../format/numbers';
import { causeOf, type Entity } from './entity';
import { flatten, type Row } from './row';

/** Clocks of one machine agree within this; a child that starts earlier than this shows another clock. */
const CLOCK_TOLERANCE = 1_000;
export const INITIALIZATION = 'Initialization';

/** Why `entity` is not ok; "" if it is. */
export function remarkOf(entity: Entity): string {
  const { outcome } = entity;
  if (outcome === 'ok') {
    return '';
  }
  const cause = causeOf(entity);
  if (cause !== '') {
    return `${outcome}: ${cause}`;
  }
  return (entity.status ?? 0) >= 400 ? `${outcome} ${entity.status}` : outcome;
}

/**
 * Rows without the remarks that a row below makes better: a fault travels up through every caller, and is told where it
 * happened.
 */
export function told(rows: readonly Row[]): Row[] {
  return rows.map((row) => {
    const children = told(row.children);
    const below = [...flatten(children)].filter((other) => other.outcome !== 'ok' && other.role !== 'refusal');
    const repeated = row.remark.includes(':')
      ? below.some((other) => other.remark === row.remark)
      : below.some((other) => other.outcome === row.outcome);
    return { ...row, children, remark: repeated && row.outcome !== 'ok' ? '' : row.remark };
  });
}

/** Rows of which those that seem to start before their cause say so. */
export function withSkew(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({
    ...row,
    children: withSkew(row.children).map((child) =>
      skewed(row, child) ? { ...child, remark: skew(row, child) } : child,
    ),
  }));
}

function skewed(parent: Row, child: Row): boolean {
  return child.remark === '' && child.label !== INITIALIZATION && child.asked < parent.asked - CLOCK_TOLERANCE;
}

function skew(parent: Row, child: Row): string {
  return `starts ${duration(parent.asked - child.asked)} before its cause: clocks differ`;
}
