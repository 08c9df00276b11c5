// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, type ReactNode, useId } from 'react';

export interface Tab {
  readonly name: string;
  /** A number behind the name, if it says something. */
  readonly count?: number | undefined;
  readonly content: () => ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

/** Tabs of which only the chosen one's content exists. */
export function Tabs({ label, tabs, chosen, onChoose }: TabsProps) {
  const id = useId();
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.name === chosen),
  );
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? tabs.length - 1 : 0;
    const next = tabs[(at + step) % tabs.length];
    if (step !== 0 && next) {
      event.preventDefault();
      event.stopPropagation();
      onChoose(next.name);
      event.currentTarget.querySelectorAll('button')[(at + step) % tabs.length]?.focus();
    }
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map((tab, index) => (
          <button
            key={tab.name}
            type="button"
            role="tab"
            id={`${id}-${index}`}
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => onChoose(tab.name)}
          >
            {tab.name}
            {tab.count ? <span className="quiet"> {tab.count}</span> : null}
          </button>
        ))}
      </div>
      <div className="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${at}`}>
        {tabs[at]?.content()}
      </div>
    </>
  );
}
