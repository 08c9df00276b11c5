// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { testPattern } from '../api/events';
import { Trouble } from '../parts/Trouble';
import { useParam } from '../url/place';
import { PatternTrial } from './PatternTrial';

const PATTERN = `{
  "source": ["order.service"],
  "detail-type": ["Order Created"]
}`;
const EVENT = `{
  "version": "0",
  "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
  "detail-type": "Order Created",
  "source": "order.service",
  "account": "111111111111",
  "time": "2026-11-22T10:15:00Z",
  "region": "us-east-1",
  "resources": [],
  "detail": { "order_id": "order-1", "amount": 99.99 }
}`;

/** Asks the bus itself whether a pattern matches an event. */
export function PatternTester() {
  const id = useId();
  const [given] = useParam('pattern');
  const [pattern, setPattern] = useState(given || PATTERN);
  const [event, setEvent] = useState(EVENT);
  const test = useMutation({ mutationFn: () => testPattern(pattern, event) });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    test.mutate();
  };
  return (
    <form className="pad pair-form" onSubmit={submit}>
      <div className="field">
        <label htmlFor={`${id}p`}>Pattern</label>
        <textarea
          id={`${id}p`}
          className="mono"
          rows={16}
          spellCheck={false}
          value={pattern}
          onChange={({ target }) => setPattern(target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}e`}>Event</label>
        <textarea
          id={`${id}e`}
          className="mono"
          rows={16}
          spellCheck={false}
          value={event}
          onChange={({ target }) => setEvent(target.value)}
        />
      </div>
      <div className="row whole">
        <button type="submit" className="primary" disabled={test.isPending}>
          Test
        </button>
        <output className="verdict" aria-live="polite">
          {test.data === true && <span className="outcome is-ok">✓ matches</span>}
          {test.data === false && <span className="outcome is-refused">⊘ does not match</span>}
        </output>
      </div>
      {test.isError && <Trouble error={test.error} />}
      <PatternTrial pattern={pattern} onTake={setEvent} />
    </form>
  );
}
