// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, useEffect, useRef } from 'react';
import { Icon } from '../parts/Icon';
import { go, hrefOf } from '../url/place';
import { searchFor } from './search';

/** One field for everything that has an id; `/` jumps here. */
export function Search() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        field.current?.focus();
      }
    };
    addEventListener('keydown', jump);
    return () => removeEventListener('keydown', jump);
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = searchFor(field.current?.value ?? '');
    if (found && field.current) {
      field.current.value = '';
      field.current.blur();
      go(hrefOf(found.path, found.params));
    }
  };
  return (
    <search className="search">
      <form onSubmit={submit}>
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          aria-label="Search by trace id, event id or annotation"
          placeholder="trace, event, key=value"
          spellCheck={false}
          autoComplete="off"
        />
        <kbd aria-hidden="true">/</kbd>
      </form>
    </search>
  );
}
