// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { groups } from '../api/sampling';
import { useParam } from '../url/place';

/** Narrows the map to the traces of one group, when there are groups. */
export function GroupPicker() {
  const [group, setGroup] = useParam('group');
  const { data } = useQuery({ queryKey: ['groups'], queryFn: ({ signal }) => groups(signal), retry: false });
  const names = (data ?? []).flatMap(({ GroupName }) => (GroupName && GroupName !== 'Default' ? GroupName : []));
  return names.length === 0 && group === '' ? null : (
    <select aria-label="Group" value={group} onChange={(event) => setGroup(event.target.value || undefined, 'push')}>
      <option value="">all traces</option>
      {[...new Set([...names, ...(group ? [group] : [])])].map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}
