// SPDX-License-Identifier: Apache-2.0
import type { Health } from '../api/server';
import { signOut, useKey } from '../api/session';
import { Ball, Icon } from '../parts/Icon';
import { Link } from '../url/Link';
import { RangePicker } from './RangePicker';
import { Search } from './Search';
import { useTheme } from './theme';

export function TopBar({ health, title }: { readonly health: Health; readonly title: string }) {
  const [theme, turn] = useTheme();
  const signedIn = useKey() !== undefined && health.auth !== 'open';
  return (
    <header className="top">
      <Link to="map" className="brand" aria-label="Clew">
        <Ball />
        <span>Clew</span>
      </Link>
      <h1>{title}</h1>
      <RangePicker />
      <Search />
      <span className="place" title={`${health.endpoint} · version ${health.version} · auth ${health.auth}`}>
        {health.region}
      </span>
      {signedIn && (
        <button type="button" className="icon" onClick={signOut} aria-label="Sign out" title="Sign out">
          <Icon name="leave" />
        </button>
      )}
      <button
        type="button"
        className="icon"
        onClick={turn}
        aria-label={`Use ${theme === 'dark' ? 'light' : 'dark'} colours`}
        title="Dark or light"
      >
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      </button>
    </header>
  );
}
