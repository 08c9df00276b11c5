// SPDX-License-Identifier: Apache-2.0
import { problemOf } from '../api/problem';
import { CopyText } from './CopyText';

interface TroubleProps {
  readonly error: unknown;
  readonly again?: () => unknown;
}

/** A failed call in the server's own words, with the id to look for in its log. */
export function Trouble({ error, again }: TroubleProps) {
  const { title, message, requestId } = problemOf(error);
  return (
    <div className="trouble" role="alert">
      <strong>{title}</strong>
      <p>{message}</p>
      <div className="row">
        {requestId && (
          <span className="quiet">
            request <CopyText text={requestId} />
          </span>
        )}
        {again && (
          <button type="button" onClick={() => again()}>
            Try again
          </button>
        )}
      </div>
    </div>
  );
}
