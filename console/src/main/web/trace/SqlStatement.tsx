// SPDX-License-Identifier: Apache-2.0
import { JsonBlock } from '../parts/JsonBlock';
import type { Entity } from './entity';
import { objectAt, spelled } from './json';

export function SqlStatement({ entity }: { readonly entity: Entity }) {
  const { sanitized_query: query, ...others } = objectAt(entity.document, 'sql');
  return (
    <div className="stack">
      {query !== undefined && <JsonBlock label="Statement" value={spelled(query)} />}
      <dl className="facts">
        {Object.entries(others).map(([name, value]) => (
          <div className="key" key={name}>
            <dt>{name.replaceAll('_', ' ')}</dt>
            <dd>{spelled(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
