// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';

const KEYS: ReadonlyArray<readonly [string, string]> = [
  ['j  ↓', 'next row'],
  ['k  ↑', 'previous row'],
  ['→', 'unfold, or into the row'],
  ['←', 'fold, or out of the row'],
  ['e', 'next row that failed'],
  ['c', 'critical path on or off'],
  ['0', 'the whole time again'],
  ['/', 'search'],
  ['?', 'these keys'],
];

export function Help({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="help" aria-label="Keys" onClose={onClose}>
      <h2>Keys</h2>
      <dl className="facts">
        {KEYS.map(([key, meaning]) => (
          <div key={key} className="key">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">Drag along the time axis to zoom.</p>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
