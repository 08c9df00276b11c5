// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** A packed server on free ports with a data folder of its own: what users start. */
export interface Server {
  readonly endpoint: string;
  /** Runs a command of `clew` against it. */
  clew(...command: string[]): Promise<string>;
  stop(): Promise<void>;
}

const HOME = resolve(process.env.CLEW_HOME ?? '../dist/target/clew');
const JAVA = process.env.CLEW_JAVA ?? (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java');
const OPTIONS = [
  '-XX:+UseSerialGC',
  '--enable-native-access=ALL-UNNAMED',
  '--sun-misc-unsafe-memory-access=allow',
  `-Dclew.home=${HOME}`,
  `-Dclew.examples=${join(HOME, 'examples', 'order-system.jar')}`,
  `-Djava.util.logging.config.file=${join(HOME, 'logging.properties')}`,
  '-cp',
  process.env.CLEW_CLASSPATH ?? join(HOME, 'clew.jar'),
];

export async function startServer(): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'clew-browser-'));
  const options = ['port', 'daemon-port', 'otlp-grpc-port', 'otlp-http-port'].flatMap((name) => [`--${name}`, '0']);
  const process = spawn(JAVA, [...OPTIONS, 'dev.clew.server.Main', 'start', ...options, '--data', data], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endpoint = await ready(process);
  return {
    endpoint,
    clew: (...command) => run(endpoint, command),
    stop: async () => {
      process.kill();
      await new Promise((ended) => process.once('exit', ended));
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The address in the line that begins with `ready`. */
function ready(process: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    process.once('exit', (code) => failed(new Error(`the server ended with ${code} before it was ready`)));
    process.once('error', failed);
    if (process.stdout) {
      createInterface(process.stdout).on('line', (line) => {
        const [word, address] = line.split(' ');
        if (word === 'ready' && address) {
          found(address);
        }
      });
    }
  });
}

async function run(endpoint: string, command: string[]): Promise<string> {
  const options = [...OPTIONS, 'dev.clew.cli.Main', '--endpoint', endpoint, ...command];
  const { stdout } = await promisify(execFile)(JAVA, options, { env: environment() });
  return stdout;
}

/** Without what the person who runs the tests has configured for AWS or Clew. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CLEW)_/.test(name)));
}
