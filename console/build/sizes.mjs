// SPDX-License-Identifier: Apache-2.0
// After `vite build`: compresses what compresses, prints what a first visit loads, and fails when that is too much.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const OUT = new URL('../target/classes/dev/clew/console/', import.meta.url).pathname;
const FIRST_LOAD_BUDGET = 400 * 1024;
const WORTH_COMPRESSING = 1024;

const brotli = new Map();
for (const file of files(OUT)) {
  const content = readFileSync(join(OUT, file));
  if (/\.(js|css|svg|html)$/.test(file) && content.length >= WORTH_COMPRESSING) {
    const small = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    writeFileSync(join(OUT, `${file}.br`), small);
    writeFileSync(join(OUT, `${file}.gz`), gzipSync(content, { level: 9 }));
    brotli.set(file, small.length);
  } else {
    brotli.set(file, content.length);
  }
}

const manifest = JSON.parse(readFileSync(join(OUT, 'manifest.json'), 'utf8'));
const first = new Set(['index.html']);
visit('index.html');
visit('map/MapPage.tsx'); // the page that opens first
report();

/** An entry and all it imports before it runs. */
function visit(name) {
  const chunk = manifest[name];
  if (chunk && !first.has(chunk.file)) {
    first.add(chunk.file);
    for (const style of chunk.css ?? []) {
      first.add(style);
    }
    for (const imported of chunk.imports ?? []) {
      visit(imported);
    }
  }
}

function report() {
  const kilobytes = (size) => `${(size / 1024).toFixed(1).padStart(7)} KB`;
  const total = [...first].reduce((sum, file) => sum + (brotli.get(file) ?? 0), 0);
  const rest = [...brotli].filter(([file]) => !first.has(file) && file !== 'manifest.json');
  console.log(`console: first load ${kilobytes(total).trim()} compressed (budget ${FIRST_LOAD_BUDGET / 1024} KB)`);
  for (const [file, size] of [...brotli].sort((a, b) => b[1] - a[1])) {
    if (file !== 'manifest.json') {
      console.log(`${kilobytes(size)}  ${first.has(file) ? 'first' : 'later'}  ${file}`);
    }
  }
  console.log(`${kilobytes(rest.reduce((sum, [, size]) => sum + size, 0))}  later, together`);
  if (total > FIRST_LOAD_BUDGET) {
    console.error('console: the first load is over its budget');
    process.exit(1);
  }
}

function files(folder, prefix = '') {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path, `${prefix}${name}/`) : [`${prefix}${name}`];
  });
}
