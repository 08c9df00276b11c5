// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { createGroup, deleteGroup, type GroupSummary, groups, updateGroup } from '../api/sampling';
import { Empty } from '../parts/Empty';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { Link } from '../url/Link';

/** Filter expressions with a name: each has a map and metrics of its own. */
export function Groups() {
  const [edited, setEdited] = useState<GroupSummary>();
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['groups'],
    queryFn: ({ signal }) => groups(signal),
    retry: false,
  });
  const remove = useMutation({
    mutationFn: deleteGroup,
    onSuccess: () => client.invalidateQueries({ queryKey: ['groups'] }),
  });
  if (isPending) {
    return <Skeleton rows={4} label="Loading groups" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  const own = data.filter(({ GroupName }) => GroupName !== 'Default');
  return (
    <div className="pad stack">
      {own.length === 0 && !edited && (
        <Empty title="No groups yet">A group is a filter expression with a name; the map can show it alone.</Empty>
      )}
      {own.map((group) => (
        <div key={group.GroupName} className="card row spread">
          <div>
            <h3>{group.GroupName}</h3>
            <code>{group.FilterExpression}</code>
          </div>
          <div className="row">
            <Link to="traces" params={{ filter: group.FilterExpression }}>
              Traces
            </Link>
            <Link to="map" params={{ group: group.GroupName }}>
              Map
            </Link>
            <button type="button" onClick={() => setEdited(group)}>
              Edit
            </button>
            <button
              type="button"
              onClick={() => confirm(`Delete the group ${group.GroupName}?`) && remove.mutate(group.GroupName ?? '')}
            >
              Delete
            </button>
          </div>
        </div>
      ))}
      {remove.isError && <Trouble error={remove.error} />}
      {edited ? (
        <GroupForm key={edited.GroupName} group={edited} onDone={() => setEdited(undefined)} />
      ) : (
        <div>
          <button type="button" className="primary" onClick={() => setEdited({})}>
            Add a group
          </button>
        </div>
      )}
    </div>
  );
}

function GroupForm({ group, onDone }: { readonly group: GroupSummary; readonly onDone: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: ({ name, expression }: { name: string; expression: string }) =>
      group.GroupName ? updateGroup(name, expression) : createGroup(name, expression),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['groups'] });
      onDone();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({ name: String(form.get('name')).trim(), expression: String(form.get('expression')).trim() });
  };
  return (
    <form className="card stack" onSubmit={submit} aria-label="Group">
      <div className="field">
        <label htmlFor={`${id}n`}>Name</label>
        <input
          id={`${id}n`}
          name="name"
          required
          maxLength={32}
          readOnly={group.GroupName !== undefined}
          defaultValue={group.GroupName ?? ''}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}e`}>Filter expression</label>
        <input
          id={`${id}e`}
          name="expression"
          required
          className="mono"
          spellCheck={false}
          defaultValue={group.FilterExpression ?? 'service("payment-service") { fault }'}
        />
      </div>
      <div className="row">
        <button type="submit" className="primary" disabled={save.isPending}>
          Save
        </button>
        <button type="button" onClick={onDone}>
          Cancel
        </button>
      </div>
      {save.isError && <Trouble error={save.error} />}
    </form>
  );
}
