// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { duration, share } from '../format/numbers';
import { shortened } from '../format/shared';
import { type Step, summarised } from './criticalPath';

interface PathLineProps {
  readonly steps: readonly Step[];
  readonly shown: boolean;
  readonly onToggle: () => void;
}

/** The critical path as one bar and one sentence. */
export function PathLine({ steps, shown, onToggle }: PathLineProps) {
  const parts = useMemo(() => summarised(steps), [steps]);
  const names = useMemo(() => shortened(parts.filter((step) => !step.idle).map((step) => step.name)), [parts]);
  const total = parts.reduce((sum, step) => sum + step.to - step.from, 0);
  if (total === 0) {
    return null;
  }
  return (
    <div className="path-line">
      <button
        type="button"
        className="plain"
        aria-pressed={shown}
        onClick={onToggle}
        title="Show it in the waterfall (c)"
      >
        Critical path
      </button>
      <ol>
        {parts.map((step, index) => (
          <li
            key={index}
            className={step.idle ? 'is-idle' : undefined}
            style={{ flexGrow: (step.to - step.from) / total }}
            title={`${step.name} ${duration(step.to - step.from)}, ${share(step.to - step.from, total)}`}
          >
            <span>{names.get(step.name) ?? step.name}</span> {duration(step.to - step.from)}
          </li>
        ))}
      </ol>
    </div>
  );
}
