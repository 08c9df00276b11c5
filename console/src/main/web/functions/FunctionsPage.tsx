// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { type FunctionConfiguration, functions } from '../api/lambda';
import { bytes } from '../format/numbers';
import { Empty } from '../parts/Empty';
import { type Column, GridTable } from '../parts/GridTable';
import { Health } from '../parts/Health';
import { ListPage } from '../parts/ListPage';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { Link } from '../url/Link';
import { go, hrefOf } from '../url/place';
import { FunctionView } from './FunctionView';

const COLUMNS: ReadonlyArray<Column<FunctionConfiguration>> = [
  {
    title: 'Function',
    width: 'minmax(130px, 2fr)',
    cell: ({ FunctionName = '' }) => <Link to={`functions/${encodeURIComponent(FunctionName)}`}>{FunctionName}</Link>,
  },
  { title: 'Health', width: 'minmax(120px, 1.4fr)', cell: ({ FunctionName = '' }) => <Health name={FunctionName} /> },
  { title: 'Runtime', width: '90px', wide: true, cell: ({ Runtime }) => Runtime ?? '–' },
  { title: 'Memory', width: '70px', number: true, wide: true, cell: ({ MemorySize = 0 }) => `${MemorySize} MB` },
  { title: 'Timeout', width: '64px', number: true, wide: true, cell: ({ Timeout = 0 }) => `${Timeout} s` },
  { title: 'Code', width: '74px', number: true, wide: true, cell: ({ CodeSize = 0 }) => bytes(CodeSize) },
];

/** Every function, and one of them with its invocations, logs and a form to invoke it. */
export default function FunctionsPage({ rest }: { readonly rest: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['functions'],
    queryFn: ({ signal }) => functions(signal),
    refetchInterval: 15_000,
  });
  if (isPending) {
    return <Skeleton rows={10} label="Loading functions" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  if (data.length === 0) {
    return (
      <Empty title="No functions yet" command="./clew demo --keep">
        Create one with aws lambda create-function, or let the demo deploy four:
      </Empty>
    );
  }
  const chosen = data.find(({ FunctionName }) => FunctionName === rest);
  return (
    <ListPage
      list={
        <GridTable
          label="Functions"
          rows={data}
          columns={chosen ? COLUMNS.filter(({ wide }) => !wide) : COLUMNS}
          keyOf={({ FunctionName = '' }) => FunctionName}
          selected={(row) => row === chosen}
          onOpen={({ FunctionName = '' }) => go(hrefOf(`functions/${encodeURIComponent(FunctionName)}`))}
        />
      }
      chosen={
        chosen ? (
          <FunctionView key={rest} configuration={chosen} />
        ) : (
          rest !== '' && <Empty title={`There is no function ${rest}`} />
        )
      }
    />
  );
}
