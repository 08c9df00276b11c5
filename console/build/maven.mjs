// SPDX-License-Identifier: Apache-2.0
// What Maven calls: `build` packs the console, `test` checks it; neither does anything when nothing has changed. `browser`
// tests it in a browser against a packed server.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const LEAST_NODE = [20, 19];
const SOURCES = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'build', 'src/main/web'];
const TESTS = [...SOURCES, 'vitest.config.ts', 'vitest.browser.config.ts', 'src/test'];

requireNode();
switch (process.argv[2]) {
  case 'build':
    once('build', SOURCES, join(HOME, 'target/classes/dev/clew/console/index.html'), ['build']);
    break;
  case 'test':
    once('test', TESTS, HOME, ['check', 'test']);
    break;
  case 'browser':
    install();
    run('run', '--silent', 'browser');
    break;
  default:
    fail(`unknown task: ${process.argv[2]} (expected: build, test or browser)`);
}

/** Runs npm scripts unless these inputs have been through them and `result` is still there. */
function once(task, inputs, result, scripts) {
  const stamp = join(HOME, 'target', `${task}.stamp`);
  const hash = hashOf(inputs);
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    console.log(`console: ${task} is up to date`);
    return;
  }
  install();
  for (const script of scripts) {
    run('run', '--silent', script);
  }
  mkdirSync(join(HOME, 'target'), { recursive: true });
  writeFileSync(stamp, hash);
}

/** `npm ci`, unless the installed packages are those of the lock file. */
function install() {
  const stamp = join(HOME, 'node_modules', '.clew-lock');
  const hash = hashOf(['package.json', 'package-lock.json']);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    run('ci', '--no-audit', '--no-fund', '--loglevel=error');
    writeFileSync(stamp, hash);
  }
}

function run(...args) {
  const { status, error } = spawnSync('npm', args, {
    cwd: HOME,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    fail(`npm ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
  }
}

function hashOf(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(files).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(HOME, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function files(path) {
  return statSync(join(HOME, path)).isDirectory()
    ? readdirSync(join(HOME, path)).flatMap((name) => files(`${path}/${name}`))
    : [path];
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    fail(
      `Node.js ${process.versions.node} is too old to build the console (expected: ${LEAST_NODE.join('.')} or newer)`,
    );
  }
}

function fail(message) {
  console.error(`console: ${message}`);
  process.exit(1);
}
