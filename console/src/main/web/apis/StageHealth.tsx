// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { stages } from '../api/gateway';
import { Health } from '../parts/Health';

/** A stage is a service of its own on the map, called `api/stage`. */
export function StageHealth({ id, name }: { readonly id: string; readonly name: string }) {
  const { data = [] } = useQuery({ queryKey: ['stages', id], queryFn: ({ signal }) => stages(id, signal) });
  return data.map(({ stageName }) => (
    <span key={stageName}>
      <span className="chip">{stageName}</span> <Health name={`${name}/${stageName}`} />{' '}
    </span>
  ));
}
