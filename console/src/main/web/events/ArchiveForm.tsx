// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { createArchive } from '../api/archives';
import { busArns } from '../api/events';
import { shortName } from '../format/names';
import { Trouble } from '../parts/Trouble';

/** Makes an archive; folded until it is wanted. */
export function ArchiveForm() {
  const id = useId();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const { data: arns = [] } = useQuery({ queryKey: ['bus-arns'], queryFn: ({ signal }) => busArns(signal) });
  const make = useMutation({
    mutationFn: (form: FormData) =>
      createArchive(String(form.get('name')).trim(), String(form.get('bus')), Number(form.get('days'))),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['archives'] });
      setOpen(false);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    make.mutate(new FormData(event.currentTarget));
  };
  return open ? (
    <form className="card replay-form" onSubmit={submit} aria-label="Archive">
      <div className="field">
        <label htmlFor={`${id}n`}>Name</label>
        <input id={`${id}n`} name="name" required maxLength={48} pattern="[.\-_A-Za-z0-9]+" defaultValue="all" />
      </div>
      <div className="field">
        <label htmlFor={`${id}b`}>Bus</label>
        <select id={`${id}b`} name="bus">
          {arns.map((arn) => (
            <option key={arn} value={arn}>
              {shortName(arn)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}d`}>Days to keep, 0 for ever</label>
        <input id={`${id}d`} name="days" type="number" min={0} required defaultValue={7} />
      </div>
      <div className="row whole">
        <button type="submit" className="primary" disabled={make.isPending}>
          Save
        </button>
        <button type="button" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </div>
      {make.isError && <Trouble error={make.error} />}
    </form>
  ) : (
    <div>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        Add an archive
      </button>
    </div>
  );
}
