// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { type Archive, archives } from '../api/archives';
import { shortName } from '../format/names';
import { bytes, count } from '../format/numbers';
import { Empty } from '../parts/Empty';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { useParam } from '../url/place';
import { ArchiveForm } from './ArchiveForm';
import { ReplayForm } from './ReplayForm';
import { ReplayList } from './ReplayList';

/** What buses keep, and what of it is put on them again. */
export function Archives() {
  const [chosen, setChosen] = useParam('archive');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['archives'],
    queryFn: ({ signal }) => archives(signal),
    refetchInterval: 10_000,
  });
  if (isPending) {
    return <Skeleton rows={5} label="Loading archives" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  const archive = data.find(({ ArchiveName }) => ArchiveName === chosen);
  return (
    <div className="pad stack archives">
      {data.length === 0 && (
        <Empty title="No archives yet">
          An archive keeps what its bus takes from now on, so that it can be put on the bus again.
        </Empty>
      )}
      {data.map((one) => (
        <OneArchive
          key={one.ArchiveName}
          archive={one}
          onReplay={() => setChosen(one.ArchiveName === chosen ? undefined : one.ArchiveName)}
          replaying={one === archive}
        />
      ))}
      {archive && <ReplayForm key={archive.ArchiveName} archive={archive} onDone={() => setChosen(undefined)} />}
      <ArchiveForm />
      <ReplayList />
    </div>
  );
}

interface OneArchiveProps {
  readonly archive: Archive;
  readonly replaying: boolean;
  readonly onReplay: () => void;
}

function OneArchive({ archive, replaying, onReplay }: OneArchiveProps) {
  const { ArchiveName, EventSourceArn = '', EventCount = 0, SizeBytes = 0, RetentionDays = 0, State } = archive;
  return (
    <div className="card row spread">
      <div>
        <h3>{ArchiveName}</h3>
        <p className="quiet">
          of {shortName(EventSourceArn)} · {count(EventCount)} events, {bytes(SizeBytes)} · kept{' '}
          {RetentionDays === 0 ? 'for ever' : RetentionDays === 1 ? 'a day' : `${RetentionDays} days`}
          {State !== 'ENABLED' && ` · ${State?.toLowerCase()}`}
        </p>
      </div>
      <button type="button" aria-expanded={replaying} onClick={onReplay}>
        Replay…
      </button>
    </div>
  );
}
