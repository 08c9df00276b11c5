// SPDX-License-Identifier: Apache-2.0
import { clock, exact } from '../format/time';
import { CHOICES, chooseRange, setLive, spoken, useWatch } from '../url/range';

/** Which time everything on the page is about, and whether it follows what happens. */
export function RangePicker() {
  const { range, live } = useWatch();
  const fixed = range.kind === 'between';
  const minutes = fixed ? undefined : range.minutes;
  const choices =
    minutes === undefined || CHOICES.includes(minutes) ? CHOICES : [...CHOICES, minutes].sort((a, b) => a - b);
  return (
    <div className="range">
      <select
        aria-label="Time range"
        value={minutes ?? 'fixed'}
        title={fixed ? `${exact(new Date(range.from))} to ${exact(new Date(range.to))}` : undefined}
        onChange={(event) => chooseRange({ kind: 'last', minutes: Number(event.target.value) })}
      >
        {fixed && (
          <option value="fixed">
            {clock(new Date(range.from))} – {clock(new Date(range.to))}
          </option>
        )}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {spoken(choice)}
          </option>
        ))}
      </select>
      <button
        type="button"
        role="switch"
        aria-checked={live}
        className="live"
        disabled={fixed}
        title={fixed ? 'A fixed stretch of time does not change' : 'Follow what happens'}
        onClick={() => setLive(!live)}
      >
        <i aria-hidden="true" />
        live
      </button>
    </div>
  );
}
