// SPDX-License-Identifier: Apache-2.0
import type { FunctionConfiguration } from '../api/lambda';
import { CopyText } from '../parts/CopyText';
import { Health } from '../parts/Health';
import { RecentTraces } from '../parts/RecentTraces';
import { Tabs } from '../parts/Tabs';
import { quoted } from '../traces/expression';
import { useParam } from '../url/place';
import { FunctionLogs } from './FunctionLogs';
import { InvokeForm } from './InvokeForm';
import { Settings } from './Settings';

export function FunctionView({ configuration }: { readonly configuration: FunctionConfiguration }) {
  const [tab, setTab] = useParam('tab');
  const name = configuration.FunctionName ?? '';
  return (
    <>
      <div>
        <h2>{name}</h2>
        <CopyText text={configuration.FunctionArn ?? ''} />
        <p>
          <Health name={name} />
        </p>
      </div>
      <div>
        <Tabs
          label={name}
          chosen={tab}
          onChoose={(next) => setTab(next === 'Invocations' ? undefined : next)}
          tabs={[
            {
              name: 'Invocations',
              content: () => <RecentTraces filter={`service(${quoted(name)})`} title="Traces that invoked it" />,
            },
            { name: 'Logs', content: () => <FunctionLogs name={name} /> },
            { name: 'Invoke', content: () => <InvokeForm name={name} /> },
            { name: 'Settings', content: () => <Settings configuration={configuration} /> },
          ]}
        />
      </div>
    </>
  );
}
