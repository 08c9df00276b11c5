// SPDX-License-Identifier: Apache-2.0
import { Suspense, useEffect } from 'react';
import type { Health } from '../api/server';
import { Empty } from '../parts/Empty';
import { usePlace } from '../url/place';
import { Boundary } from './Boundary';
import { pageAt } from './pages';
import { Rail } from './Rail';
import { TopBar } from './TopBar';

/** The quiet frame around every page. */
export function Frame({ health }: { readonly health: Health }) {
  const { path } = usePlace();
  const { page, rest } = pageAt(path);
  useEffect(() => {
    document.title = page ? `${page.title} · Clew` : 'Clew';
  }, [page]);
  return (
    <div className="frame">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <TopBar health={health} title={page?.title ?? 'Clew'} />
      <Rail current={page?.path} />
      <main id="page" className="page" tabIndex={-1}>
        {page ? (
          <Boundary key={page.path}>
            <Suspense fallback={<div className="page-loading" aria-busy="true" />}>
              <page.View rest={rest} />
            </Suspense>
          </Boundary>
        ) : (
          <Empty title="There is no such page">The rail on the left has all there are.</Empty>
        )}
      </main>
    </div>
  );
}
