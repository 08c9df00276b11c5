// SPDX-License-Identifier: Apache-2.0
import { Tabs } from '../parts/Tabs';
import { useParam } from '../url/place';
import { Archives } from './Archives';
import { EventList } from './EventList';
import { EventView } from './EventView';
import './events.css';
import { PatternTester } from './PatternTester';
import { PublishForm } from './PublishForm';
import { RuleList } from './RuleList';

/** What went over the buses, the story of one event, and the tools to try patterns and put events. */
export default function EventsPage({ rest }: { readonly rest: string }) {
  const [tab, setTab] = useParam('tab');
  if (rest !== '') {
    return <EventView id={rest} />;
  }
  return (
    <div className="events">
      <Tabs
        label="Events"
        chosen={tab}
        onChoose={(name) => setTab(name === 'Events' ? undefined : name, 'push')}
        tabs={[
          { name: 'Events', content: () => <EventList /> },
          { name: 'Rules', content: () => <RuleList /> },
          { name: 'Archives', content: () => <Archives /> },
          { name: 'Test a pattern', content: () => <PatternTester /> },
          { name: 'Publish', content: () => <PublishForm /> },
        ]}
      />
    </div>
  );
}
