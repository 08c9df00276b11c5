// SPDX-License-Identifier: Apache-2.0

const OUTCOMES = ['ok', 'error', 'throttle', 'fault'];

export function Legend() {
  return (
    <ul className="legend" aria-label="Legend">
      {OUTCOMES.map((outcome) => (
        <li key={outcome}>
          <i className={`dot is-${outcome}`} aria-hidden="true" />
          {outcome}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 26 6" aria-hidden="true">
          <path className="call is-events" d="M0 3h26" />
        </svg>
        events
      </li>
    </ul>
  );
}
