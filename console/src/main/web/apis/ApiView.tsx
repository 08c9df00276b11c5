// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { type Resource, type RestApi, resources, type Stage, stages } from '../api/gateway';
import { shortName } from '../format/names';
import { CopyText } from '../parts/CopyText';
import { RecentTraces } from '../parts/RecentTraces';
import { Trouble } from '../parts/Trouble';
import { quoted } from '../traces/expression';
import { TryForm } from './TryForm';

export function ApiView({ api }: { readonly api: RestApi }) {
  const id = api.id ?? '';
  const staged = useQuery({ queryKey: ['stages', id], queryFn: ({ signal }) => stages(id, signal) });
  const routed = useQuery({ queryKey: ['resources', id], queryFn: ({ signal }) => resources(id, signal) });
  const error = staged.error ?? routed.error;
  if (error) {
    return <Trouble error={error} />;
  }
  const [stage] = staged.data ?? [];
  return (
    <>
      <div>
        <h2>{api.name}</h2>
        {api.description && <p className="quiet">{api.description}</p>}
      </div>
      <section className="stack">
        <h3>Stages</h3>
        {staged.data?.length === 0 && <p className="quiet">None: deploy it with aws apigateway create-deployment.</p>}
        {staged.data?.map((item) => (
          <OneStage key={item.stageName} api={id} stage={item} />
        ))}
      </section>
      <Routes resources={routed.data ?? []} />
      {stage?.stageName && <TryForm api={id} stage={stage.stageName} resources={routed.data ?? []} />}
      {stage?.stageName && <RecentTraces filter={`service(${quoted(`${api.name}/${stage.stageName}`)})`} />}
    </>
  );
}

function OneStage({ api, stage }: { readonly api: string; readonly stage: Stage }) {
  const address = `${location.origin}/_aws/execute-api/${api}/${stage.stageName}`;
  return (
    <div>
      <span className="chip">{stage.stageName}</span>{' '}
      {stage.tracingEnabled ? (
        'traced'
      ) : (
        <span
          className="outcome is-error"
          title="Its functions decide about sampling, and the stage is missing on the map"
        >
          ! tracing is off
        </span>
      )}
      <CopyText text={address} />
    </div>
  );
}

function Routes({ resources: found }: { readonly resources: readonly Resource[] }) {
  const routes = found.flatMap(({ id, path = '', resourceMethods = {} }) =>
    Object.entries(resourceMethods).map(([method, { methodIntegration }]) => ({
      key: `${id} ${method}`,
      method,
      path,
      behind: behind(methodIntegration?.uri ?? '', methodIntegration?.type ?? ''),
    })),
  );
  return (
    <section className="stack">
      <h3>Routes</h3>
      <table className="plain">
        <tbody>
          {routes.map(({ key, method, path, behind: target }) => (
            <tr key={key}>
              <td className="mono">{method}</td>
              <td className="mono">{path}</td>
              <td>→ {target}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The function's name, or what else answers. */
function behind(uri: string, type: string): string {
  const [, arn] = /functions\/(arn:[^/]+)\/invocations$/.exec(uri) ?? [];
  return arn ? shortName(arn) : uri || type.toLowerCase();
}
