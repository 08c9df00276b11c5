// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';

/** Keys of a page, while nobody types into a field. The handlers may change at every drawing. */
export function useKeys(handlers: Record<string, () => void>): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : undefined;
      const elsewhere = target?.closest('input, textarea, select, dialog, [role="tablist"]');
      const handler = latest.current[event.key];
      if (handler && !elsewhere && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        handler();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
