// SPDX-License-Identifier: Apache-2.0
import type { LogLine } from '../api/logs';
import { exact } from '../format/time';

export function LogLines({ lines }: { readonly lines: readonly LogLine[] }) {
  return (
    <ol className="logs">
      {lines.map((line) => (
        <li key={line.key}>
          <time dateTime={new Date(line.at).toISOString()} title={exact(new Date(line.at))}>
            {new Date(line.at).toLocaleTimeString(undefined, {
              hourCycle: 'h23',
              hour: '2-digit',
              minute: '2-digit',
              second: '2-digit',
              fractionalSecondDigits: 3,
            })}
          </time>
          <span>{line.text}</span>
        </li>
      ))}
    </ol>
  );
}
