// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Health, health } from '../api/server';
import { useKey } from '../api/session';
import { Trouble } from '../parts/Trouble';
import { SignIn } from './SignIn';

/** Lets nobody further before the server has told its region, and its key is known if it wants one. */
export function Gate({ children }: { readonly children: (health: Health) => ReactNode }) {
  const key = useKey();
  const server = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => health(signal), staleTime: Infinity });
  if (server.isPending) {
    return <div className="gate" aria-busy="true" />;
  }
  if (server.isError) {
    return (
      <main className="gate">
        <Trouble error={server.error} again={() => server.refetch()} />
      </main>
    );
  }
  return server.data.auth !== 'open' && !key ? <SignIn endpoint={server.data.endpoint} /> : children(server.data);
}
