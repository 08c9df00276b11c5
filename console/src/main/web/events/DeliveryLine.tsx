// SPDX-License-Identifier: Apache-2.0
import { shortName } from '../format/names';
import { duration } from '../format/numbers';
import { When } from '../parts/When';
import { EventOutcomeMark } from './EventOutcomeMark';
import type { Delivery } from './story';

const NOT_ARRIVED = ['failed', 'dead-lettered'];

/** One target: its attempts with their waits, and how it ended. */
export function DeliveryLine({ delivery }: { readonly delivery: Delivery }) {
  const { target, rule, outcome, attempts } = delivery;
  return (
    <li className={outcome === 'delivered' ? 'is-done' : NOT_ARRIVED.includes(outcome) ? 'is-broken' : 'is-open'}>
      <strong title={target}>→ {shortName(target)}</strong> <EventOutcomeMark outcome={outcome} />{' '}
      {rule && <span className="quiet">by rule {rule}</span>}
      <ol className="attempts">
        {attempts.map((attempt) => (
          <li key={`${attempt.number} ${attempt.at} ${attempt.outcome}`}>
            attempt {attempt.number}: {attempt.outcome}{' '}
            <span className="quiet">
              {attempt.at !== undefined && <When at={new Date(attempt.at)} />}
              {Number.isFinite(attempt.waited) && ` after waiting ${duration((attempt.waited ?? 0) * 1_000)}`}
            </span>
            {attempt.reason && <p className="reason">{attempt.reason}</p>}
          </li>
        ))}
      </ol>
    </li>
  );
}
