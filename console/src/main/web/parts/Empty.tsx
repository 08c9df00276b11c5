// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { CopyText } from './CopyText';

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The next command, ready to be copied. */
  readonly command?: string;
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, children, command }: EmptyProps) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {command && <CopyText text={command} label={`Copy ${command}`} className="command" />}
    </div>
  );
}
