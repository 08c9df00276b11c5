// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { cancelReplay, type Replay, replay as describe, replays } from '../api/archives';
import { shortName } from '../format/names';
import { Progress } from '../parts/Progress';
import { Trouble } from '../parts/Trouble';
import { When } from '../parts/When';
import { doneOf, isOver, lookOf } from './replay';

const WHILE_RUNNING = 700;
const SHOWN = 20;

/** Replays, the newest first, each with how far it is. */
export function ReplayList() {
  const { data = [], error } = useQuery({
    queryKey: ['replays'],
    queryFn: ({ signal }) => replays(signal),
    refetchInterval: ({ state }) => (state.data?.some((one) => !isOver(one)) ? WHILE_RUNNING : 10_000),
  });
  if (error) {
    return <Trouble error={error} />;
  }
  return data.length === 0 ? null : (
    <section className="stack" aria-label="Replays">
      <h2>Replays</h2>
      {data.slice(0, SHOWN).map((one) => (
        <OneReplay key={one.ReplayName} replay={one} />
      ))}
    </section>
  );
}

function OneReplay({ replay }: { readonly replay: Replay }) {
  const client = useQueryClient();
  const name = replay.ReplayName ?? '';
  const over = isOver(replay);
  const whole = useQuery({
    queryKey: ['replay', name, replay.State],
    queryFn: ({ signal }) => describe(name, signal),
    enabled: over,
  });
  const stop = useMutation({
    mutationFn: () => cancelReplay(name),
    onSettled: () => client.invalidateQueries({ queryKey: ['replays'] }),
  });
  const done = doneOf(replay);
  const look = lookOf(replay.State);
  const filters = whole.data?.Destination?.FilterArns ?? [];
  return (
    <div className="card replay">
      <div className="row spread">
        <div>
          <h3>{name}</h3>
          <p className="quiet">
            events of <When at={replay.EventStartTime} /> to <When at={replay.EventEndTime} />
            {filters.length > 0 && ` · only ${filters.map(shortName).join(', ')}`}
          </p>
        </div>
        <span className="row">
          <span className={`outcome ${look}`} aria-live="polite">
            {replay.State?.toLowerCase()}
            {!over && ` ${Math.round(100 * done)} %`}
          </span>
          {!over && replay.State !== 'CANCELLING' && (
            <button type="button" onClick={() => stop.mutate()} disabled={stop.isPending}>
              Cancel
            </button>
          )}
        </span>
      </div>
      <Progress label={`Replay ${name}`} done={done} look={look} />
      {replay.StateReason && <p className="reason">{replay.StateReason}</p>}
      {replay.EventLastReplayedTime && (
        <p className="quiet">
          last event put again: <When at={replay.EventLastReplayedTime} />
          {over && replay.ReplayEndTime && (
            <>
              {' '}
              · ended <When at={replay.ReplayEndTime} />
            </>
          )}
        </p>
      )}
      {stop.isError && <Trouble error={stop.error} />}
    </div>
  );
}
