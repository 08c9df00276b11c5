// SPDX-License-Identifier: Apache-2.0
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { pageAt } from './app/pages';
import { parse } from './url/place';
import './app/tokens.css';
import './app/base.css';
import './app/frame.css';
import './parts/parts.css';

void pageAt(parse(location.pathname).path).page?.load(); // while the server is asked whether it wants a key

const root = document.getElementById('console');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
