// SPDX-License-Identifier: Apache-2.0
import type { Entity, Exception } from './entity';

/** The exceptions of `entities`; one that is told elsewhere in the trace is looked up there. */
export function exceptionsOf(entities: readonly Entity[], documents: readonly Entity[]): Exception[] {
  const found = new Map<string, Exception>();
  for (const entity of entities) {
    const elsewhere = entity.causeId === undefined ? [] : [exceptionWith(entity.causeId, documents)];
    for (const exception of [...entity.exceptions, ...elsewhere]) {
      if (exception) {
        found.set(exception.id || exception.message, exception);
      }
    }
  }
  return [...found.values()];
}

function exceptionWith(id: string, entities: readonly Entity[]): Exception | undefined {
  for (const entity of entities) {
    const found = entity.exceptions.find((exception) => exception.id === id) ?? exceptionWith(id, entity.children);
    if (found) {
      return found;
    }
  }
  return undefined;
}

export function Exceptions({ exceptions }: { readonly exceptions: readonly Exception[] }) {
  return (
    <div className="stack">
      {exceptions.map((exception) => (
        <section key={exception.id || exception.message} className="exception">
          <h3>
            {exception.type || 'Exception'} {exception.remote && <span className="chip">remote</span>}
          </h3>
          <p>{exception.message}</p>
          {exception.stack.length > 0 && (
            <ol>
              {exception.stack.map((frame, index) => (
                <li key={index}>
                  at {frame.label} <span className="quiet">{[frame.path, frame.line].filter(Boolean).join(':')}</span>
                </li>
              ))}
              {exception.truncated > 0 && <li className="quiet">{exception.truncated} more</li>}
            </ol>
          )}
        </section>
      ))}
    </div>
  );
}
