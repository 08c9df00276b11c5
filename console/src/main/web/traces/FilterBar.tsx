// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { problemOf } from '../api/problem';
import { Icon } from '../parts/Icon';
import { complete } from './completion';
import { mistakeIn } from './mistake';
import type { Vocabulary } from './vocabulary';

interface FilterBarProps {
  readonly value: string;
  readonly words: Vocabulary;
  /** What the server said about `value`, if it refused it. */
  readonly error: unknown;
  readonly onChange: (expression: string) => void;
}

/** A filter expression with completion; what is wrong in it is underlined. */
export function FilterBar({ value, words, error, onChange }: FilterBarProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  const [cursor, setCursor] = useState<number>();
  const [chosen, setChosen] = useState(0);
  useEffect(() => setDraft(value), [value]);
  const ways = useMemo(() => (cursor === undefined ? [] : complete(draft, cursor, words)), [draft, cursor, words]);
  const open = ways.length > 0;

  const take = (index: number) => {
    const way = ways[index];
    if (way && cursor !== undefined) {
      const next = draft.slice(0, way.from) + way.text + draft.slice(cursor).replace(/^"/, '');
      const at = way.from + way.text.length;
      setDraft(next);
      setCursor(at);
      setChosen(0);
      requestAnimationFrame(() => field.current?.setSelectionRange(at, at));
    }
  };
  const apply = () => {
    setCursor(undefined);
    onChange(draft.trim());
  };
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      apply();
    } else if (event.key === 'Escape') {
      setCursor(undefined);
    } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setChosen((chosen + (event.key === 'ArrowDown' ? 1 : ways.length - 1)) % ways.length);
    } else if (open && event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      take(chosen);
    }
  };
  const follow = () => {
    setCursor(field.current?.selectionStart ?? undefined);
    setChosen(0);
  };

  return (
    <div className="filter">
      <div className="filter-field">
        <Icon name="sampling" />
        <input
          ref={field}
          className="mono"
          role="combobox"
          aria-label="Filter expression"
          aria-expanded={open}
          aria-controls={`${id}-ways`}
          aria-autocomplete="list"
          aria-activedescendant={open ? `${id}-${chosen}` : undefined}
          aria-invalid={error !== undefined}
          placeholder='service("payment-service") { responsetime > 1 }   or   annotation.order_id = "…"'
          spellCheck={false}
          autoComplete="off"
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            setCursor(event.target.selectionStart ?? event.target.value.length);
            setChosen(0);
          }}
          onFocus={follow}
          onClick={follow}
          onBlur={() => setCursor(undefined)}
          onKeyDown={pressed}
        />
        {draft !== '' && (
          <button type="button" className="icon" aria-label="Clear the filter" onClick={() => onChange('')}>
            <Icon name="close" />
          </button>
        )}
        <button type="button" onClick={apply}>
          Filter
        </button>
        {open && (
          <ul className="ways" id={`${id}-ways`} role="listbox" aria-label="Ways to go on">
            {ways.map((way, index) => (
              <li
                key={way.text}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                onPointerDown={(event) => {
                  event.preventDefault();
                  take(index);
                }}
              >
                <code>{way.text}</code>
                <span>{way.hint}</span>
              </li>
            ))}
            <li className="keys" role="presentation">
              <kbd>Tab</kbd> takes it, <kbd>Enter</kbd> filters
            </li>
          </ul>
        )}
      </div>
      {error !== undefined && <Mistake error={error} expression={value} />}
    </div>
  );
}

function Mistake({ error, expression }: { readonly error: unknown; readonly expression: string }) {
  const { title, message } = problemOf(error);
  const wrong = expression === '' ? undefined : mistakeIn(message, expression);
  return (
    <div className="mistake" role="alert">
      {wrong && (
        <code>
          {expression.slice(0, wrong.from)}
          <mark>{expression.slice(wrong.from, wrong.to) || ' '}</mark>
          {expression.slice(wrong.to)}
        </code>
      )}
      <p>
        <strong>{title}</strong> {message}
      </p>
    </div>
  );
}
