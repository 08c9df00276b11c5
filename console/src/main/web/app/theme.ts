// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';

type Theme = 'dark' | 'light';

const STORED = 'clew.theme';

/** What the system prefers, until the person chooses otherwise. Charts listen for `clew-theme` to draw anew. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(initial);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event('clew-theme'));
  }, [theme]);
  const turn = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(STORED, next);
    setTheme(next);
  };
  return [theme, turn];
}

function initial(): Theme {
  const stored = localStorage.getItem(STORED);
  if (stored === 'dark' || stored === 'light') {
    return stored;
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
