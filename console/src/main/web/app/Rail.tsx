// SPDX-License-Identifier: Apache-2.0
import { Icon } from '../parts/Icon';
import { Link } from '../url/Link';
import { PAGES } from './pages';

export function Rail({ current }: { readonly current: string | undefined }) {
  return (
    <nav className="rail" aria-label="Pages">
      {PAGES.map(({ path, title, icon }) => (
        <Link key={path} to={path} aria-current={path === current ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{title}</span>
        </Link>
      ))}
    </nav>
  );
}
