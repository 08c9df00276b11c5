// SPDX-License-Identifier: Apache-2.0
import { Tabs } from '../parts/Tabs';
import { useParam } from '../url/place';
import { Groups } from './Groups';
import { Rules } from './Rules';
import './sampling.css';

/** Which requests are traced, and stored expressions that name some of the traces. */
export default function SamplingPage() {
  const [tab, setTab] = useParam('tab');
  return (
    <div className="sampling">
      <Tabs
        label="Sampling"
        chosen={tab}
        onChoose={(name) => setTab(name === 'Rules' ? undefined : name)}
        tabs={[
          { name: 'Rules', content: () => <Rules /> },
          { name: 'Groups', content: () => <Groups /> },
        ]}
      />
    </div>
  );
}
