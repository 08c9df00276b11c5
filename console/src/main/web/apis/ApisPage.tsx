// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { type RestApi, restApis } from '../api/gateway';
import { Empty } from '../parts/Empty';
import { type Column, GridTable } from '../parts/GridTable';
import { ListPage } from '../parts/ListPage';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { When } from '../parts/When';
import { Link } from '../url/Link';
import { go, hrefOf } from '../url/place';
import { ApiView } from './ApiView';
import { StageHealth } from './StageHealth';

const COLUMNS: ReadonlyArray<Column<RestApi>> = [
  { title: 'API', width: 'minmax(120px, 2fr)', cell: ({ id, name }) => <Link to={`apis/${id}`}>{name}</Link> },
  { title: 'Id', width: '110px', wide: true, cell: ({ id }) => <span className="mono">{id}</span> },
  {
    title: 'Health of its stages',
    width: 'minmax(140px, 2fr)',
    cell: ({ id = '', name = '' }) => <StageHealth id={id} name={name} />,
  },
  { title: 'Created', width: '130px', wide: true, cell: ({ createdDate }) => <When at={createdDate} /> },
];

/** Every REST API, and one of them with stages, routes and a form to call it. */
export default function ApisPage({ rest }: { readonly rest: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['apis'],
    queryFn: ({ signal }) => restApis(signal),
    refetchInterval: 15_000,
  });
  if (isPending) {
    return <Skeleton rows={6} label="Loading APIs" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  if (data.length === 0) {
    return (
      <Empty title="No APIs yet" command="./clew demo --keep">
        Create one with aws apigateway create-rest-api, or let the demo deploy one:
      </Empty>
    );
  }
  const chosen = data.find(({ id }) => id === rest);
  return (
    <ListPage
      list={
        <GridTable
          label="APIs"
          rows={data}
          columns={chosen ? COLUMNS.filter(({ wide }) => !wide) : COLUMNS}
          keyOf={({ id = '' }) => id}
          selected={(row) => row === chosen}
          onOpen={({ id }) => go(hrefOf(`apis/${id}`))}
        />
      }
      chosen={chosen ? <ApiView key={rest} api={chosen} /> : rest !== '' && <Empty title={`There is no API ${rest}`} />}
    />
  );
}
