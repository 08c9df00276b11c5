// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { duration } from '../format/numbers';
import { Empty } from '../parts/Empty';
import { OutcomeMark } from '../parts/OutcomeMark';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { When } from '../parts/When';
import type { Story } from '../trace/trace';
import { useTrace } from '../trace/useTrace';
import { Link } from '../url/Link';
import { annotationsOf, type Part, pairOf } from './pair';
import './compare.css';

interface PairViewProps {
  readonly one: string;
  readonly other: string;
}

/** Differences below this many microseconds are not worth a bar. */
const LEAST = 1;
const SHOWN = 60;

/** Two traces beside each other, their work ranked by how much longer or shorter it took. */
export default function PairView({ one, other }: PairViewProps) {
  const [a, b] = [useTrace(one), useTrace(other)];
  const error = a.error ?? b.error;
  if (error) {
    return <Trouble error={error} />;
  }
  if (a.isPending || b.isPending) {
    return <Skeleton rows={12} label="Loading two traces" />;
  }
  return a.data && b.data ? (
    <Pair one={a.data.story} other={b.data.story} />
  ) : (
    <Empty title="One of the traces is not here">It may be older than the retention, or its id mistyped.</Empty>
  );
}

function Pair({ one, other }: { readonly one: Story; readonly other: Story }) {
  const lines = useMemo(() => pairOf(one, other), [one, other]);
  const annotations = useMemo(() => annotationsOf(one, other), [one, other]);
  const largest = Math.max(LEAST, ...lines.map(({ more }) => Math.abs(more)));
  return (
    <div className="pair-view pad stack">
      <div className="row">
        <Link to="traces" className="back" aria-label="All traces">
          ←
        </Link>
        <h2>Two traces</h2>
        <Link to={`traces/${other.id}`} params={{ with: one.id }}>
          The other way round
        </Link>
      </div>
      <div className="scroll-x">
        <table className="plain">
          <thead>
            <tr>
              <th>What</th>
              <Head story={one} name="one" />
              <Head story={other} name="other" />
              <th>The other took longer, or shorter</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">the whole</th>
              <td className="number">{duration(one.last - one.first)}</td>
              <td className="number">{duration(other.last - other.first)}</td>
              <td>{signed(other.last - other.first - (one.last - one.first))}</td>
            </tr>
            {lines.slice(0, SHOWN).map(({ name, within, one: left, other: right, more }) => (
              <tr key={[...within, name].join(' › ')}>
                <td title={[...within, name].join(' › ')}>
                  {name} {within.length > 0 && <span className="quiet">in {within.at(-1)}</span>}
                </td>
                <Took part={left} trace={one.id} />
                <Took part={right} trace={other.id} />
                <td>
                  <span className="gap">
                    <i
                      className={more > 0 ? 'is-longer' : 'is-shorter'}
                      style={{ width: `${(100 * Math.abs(more)) / largest}%` }}
                      aria-hidden="true"
                    />
                    <span>{signed(more)}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {annotations.length > 0 && (
        <div className="scroll-x">
          <table className="plain">
            <thead>
              <tr>
                <th>Annotation</th>
                <th>one</th>
                <th>other</th>
              </tr>
            </thead>
            <tbody>
              {annotations.map(([key, left, right]) => (
                <tr key={key}>
                  <td className="mono">{key}</td>
                  <td>{left || '–'}</td>
                  <td>{right || '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Head({ story, name }: { readonly story: Story; readonly name: string }) {
  return (
    <th className="number">
      <Link to={`traces/${story.id}`} title={story.id}>
        {name}
      </Link>{' '}
      <When at={new Date(story.first / 1_000)} />
    </th>
  );
}

function Took({ part, trace }: { readonly part: Part | undefined; readonly trace: string }) {
  return (
    <td className="number">
      {part ? (
        <Link to={`traces/${trace}`} params={{ row: part.key }}>
          {duration(part.micros)}
          {part.times > 1 && ` ×${part.times}`}
        </Link>
      ) : (
        <span className="quiet">not there</span>
      )}{' '}
      {part && part.outcome !== 'ok' && <OutcomeMark outcome={part.outcome} />}
    </td>
  );
}

function signed(micros: number): string {
  return micros === 0 ? 'the same' : micros > 0 ? `+${duration(micros)}` : duration(micros);
}
