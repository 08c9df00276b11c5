// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { type Archive, startReplay } from '../api/archives';
import { rules } from '../api/events';
import { shortName } from '../format/names';
import { Trouble } from '../parts/Trouble';
import { stretchAt, useWatch } from '../url/range';
import { localInput, replayName } from './replay';

interface ReplayFormProps {
  readonly archive: Archive;
  readonly onDone: () => void;
}

/** Which events of an archive go on its bus again, and to which rules. */
export function ReplayForm({ archive, onDone }: ReplayFormProps) {
  const id = useId();
  const client = useQueryClient();
  const { range } = useWatch();
  const { from, to } = stretchAt(range, Date.now());
  const bus = archive.EventSourceArn ?? '';
  const { data: takers = [] } = useQuery({
    queryKey: ['rules', bus],
    queryFn: ({ signal }) => rules(shortName(bus), signal),
  });
  const start = useMutation({
    mutationFn: (form: FormData) => {
      const rule = String(form.get('rule') ?? '');
      return startReplay({
        ReplayName: replayName(archive.ArchiveName ?? '', new Date()),
        EventSourceArn: takenFrom(archive),
        EventStartTime: new Date(String(form.get('from'))),
        EventEndTime: new Date(String(form.get('to'))),
        Destination: { Arn: bus, ...(rule && { FilterArns: [rule] }) },
      });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['replays'] });
      onDone();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    start.mutate(new FormData(event.currentTarget));
  };
  return (
    <form className="card replay-form" onSubmit={submit} aria-label={`Replay ${archive.ArchiveName}`}>
      <div className="field">
        <label htmlFor={`${id}f`}>Events from</label>
        <input
          id={`${id}f`}
          name="from"
          type="datetime-local"
          step={1}
          required
          defaultValue={localInput(new Date(from))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}t`}>to</label>
        <input
          id={`${id}t`}
          name="to"
          type="datetime-local"
          step={1}
          required
          defaultValue={localInput(new Date(to + 1_000))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}r`}>For</label>
        <select id={`${id}r`} name="rule">
          <option value="">every rule that matches</option>
          {takers.map(({ Arn, Name }) => (
            <option key={Arn} value={Arn}>
              only {Name}
            </option>
          ))}
        </select>
      </div>
      <div className="row whole">
        <button type="submit" className="primary" disabled={start.isPending}>
          Start the replay
        </button>
        <button type="button" onClick={onDone}>
          Cancel
        </button>
        <span className="quiet">The events go to {shortName(bus)} again, each with a new id, in its old trace.</span>
      </div>
      {start.isError && <Trouble error={start.error} />}
    </form>
  );
}

/** An archive's ARN: its bus's with another resource. */
function takenFrom({ ArchiveName, EventSourceArn = '' }: Archive): string {
  return `${EventSourceArn.split(':').slice(0, 5).join(':')}:archive/${ArchiveName}`;
}
