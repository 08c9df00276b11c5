// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { Icon } from './Icon';

interface CopyTextProps {
  readonly text: string;
  /** What is shown, if shorter than what is copied. */
  readonly shown?: string;
  readonly label?: string;
  readonly className?: string;
}

const SAID_FOR = 1_500;

/** An id or command in monospace that one click copies. */
export function CopyText({ text, shown, label, className = '' }: CopyTextProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), SAID_FOR);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    void navigator.clipboard?.writeText(text).then(() => setCopied(true));
  };
  return (
    <button
      type="button"
      className={`copy mono ${className}`}
      onClick={copy}
      title={text}
      aria-label={label ?? `Copy ${text}`}
    >
      <span>{shown ?? text}</span>
      <Icon name={copied ? 'done' : 'copy'} />
    </button>
  );
}
