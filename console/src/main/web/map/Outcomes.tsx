// SPDX-License-Identifier: Apache-2.0
import { count, share } from '../format/numbers';
import { OutcomeMark } from '../parts/OutcomeMark';
import { type Counts, total } from './graph';

const ALL = ['ok', 'error', 'throttle', 'fault'] as const;

/** Each outcome with its number and share, and all of them in one bar. */
export function Outcomes({ counts }: { readonly counts: Counts }) {
  const all = total(counts);
  return (
    <div>
      <div className="outcome-bar" aria-hidden="true">
        {ALL.map((outcome) => (
          <i key={outcome} className={`dot is-${outcome}`} style={{ flexGrow: counts[outcome] }} />
        ))}
      </div>
      <table className="plain">
        <tbody>
          {ALL.map((outcome) => (
            <tr key={outcome}>
              <td>
                <OutcomeMark outcome={outcome} />
              </td>
              <td className="number">{count(counts[outcome])}</td>
              <td className="number">{share(counts[outcome], all)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
