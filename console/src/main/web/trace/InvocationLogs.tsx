// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Empty } from '../parts/Empty';
import { LogLines } from '../parts/LogLines';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import type { Invocation } from './invocation';

/** What the function wrote during one invocation. */
export function InvocationLogs({ invocation }: { readonly invocation: Invocation }) {
  const { logGroup, requestId } = invocation;
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['logs', logGroup, requestId],
    queryFn: async ({ signal }) => (await import('../api/logs')).invocationLines(invocation, signal),
  });
  if (isPending) {
    return <Skeleton rows={5} label="Loading logs" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  return data.length === 0 ? (
    <Empty title="No log lines" command={`aws logs tail ${logGroup}`}>
      Nothing in {logGroup} belongs to this invocation.
    </Empty>
  ) : (
    <LogLines lines={data} />
  );
}
