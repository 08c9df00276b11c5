// SPDX-License-Identifier: Apache-2.0

interface ProgressProps {
  /** What goes on, in words. */
  readonly label: string;
  /** 0 to 1. */
  readonly done: number;
  /** How it looks: a class of outcomes. */
  readonly look?: string;
}

/** A bar for work that goes on. */
export function Progress({ label, done, look = 'is-in-progress' }: ProgressProps) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, done)));
  return (
    <div
      className={`progress ${look}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}
