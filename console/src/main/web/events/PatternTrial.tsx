// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import { testPattern } from '../api/events';
import { Trouble } from '../parts/Trouble';
import { When } from '../parts/When';
import { stretchAt, useWatch } from '../url/range';
import { readEvent, searchEvents } from './read';

interface PatternTrialProps {
  readonly pattern: string;
  /** Takes an event as the one to test. */
  readonly onTake: (event: string) => void;
}

/** As many of the latest events are tried. */
const MOST = 20;
const EVERYTHING = { bus: '', source: '', detailType: '', outcome: '' };

/** Which of the latest events a pattern would have matched. */
export function PatternTrial({ pattern, onTake }: PatternTrialProps) {
  const { range } = useWatch();
  const trial = useMutation({
    mutationFn: async () => {
      const stretch = stretchAt(range, Date.now());
      const signal = AbortSignal.timeout(30_000);
      const latest = (await searchEvents(EVERYTHING, stretch, signal)).slice(0, MOST);
      const told = await Promise.all(latest.map(async (one) => (await readEvent(one.id, stretch, signal))[0] ?? one));
      return Promise.all(
        told
          .filter(({ event }) => event !== undefined)
          .map(async (one) => ({ one, matches: await testPattern(pattern, JSON.stringify(one.event)) })),
      );
    },
  });
  const matching = trial.data?.filter(({ matches }) => matches).length;
  return (
    <section className="stack whole" aria-label="Latest events">
      <div className="row">
        <button type="button" onClick={() => trial.mutate()} disabled={trial.isPending}>
          {trial.isPending ? 'Trying…' : 'Try it on the latest events'}
        </button>
        <output aria-live="polite">
          {trial.data &&
            (trial.data.length === 0
              ? 'No event of this time is known with its content.'
              : `${matching} of ${trial.data.length} match`)}
        </output>
      </div>
      {trial.isError && <Trouble error={trial.error} />}
      <ul className="trial">
        {trial.data?.map(({ one, matches }) => (
          <li key={`${one.bus} ${one.id}`} className="row">
            <span className={`outcome ${matches ? 'is-ok' : 'is-refused'}`}>{matches ? '✓ matches' : '⊘ not'}</span>
            <When at={one.at === undefined ? undefined : new Date(one.at)} />
            <button type="button" className="plain" onClick={() => onTake(JSON.stringify(one.event, null, 2))}>
              {one.source} · {one.detailType}
            </button>
            <span className="quiet">{one.bus}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
