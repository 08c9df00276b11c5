// SPDX-License-Identifier: Apache-2.0
import { credentials } from './session';

/** What `GET /_clew/health` says. */
export interface Health {
  readonly status: string;
  readonly version: string;
  readonly endpoint: string;
  readonly daemon: string;
  readonly region: string;
  readonly account: string;
  readonly auth: 'open' | 'verify' | 'enforce';
}

let region = 'us-east-1';

export async function health(signal?: AbortSignal): Promise<Health> {
  const answer = (await getJson('/_clew/health', signal)) as Health;
  region = answer.region;
  return answer;
}

/** A page of our own, below `/_clew/`. */
export async function getJson(path: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { headers: { Accept: 'application/json' }, signal: signal ?? null });
  if (!response.ok) {
    throw await RefusedError.of(response);
  }
  return response.json();
}

/** An answer of our own pages that is not 2xx. */
export class RefusedError extends Error {
  readonly status: number;

  private constructor(status: number, message: string) {
    super(message);
    this.name = `HTTP ${status}`;
    this.status = status;
  }

  static async of(response: Response): Promise<RefusedError> {
    const text = await response.text();
    let message = text;
    try {
      const body = JSON.parse(text) as { message?: string; Message?: string };
      message = body.message ?? body.Message ?? text;
    } catch {
      // not JSON: the text is the message
    }
    return new RefusedError(response.status, message || response.statusText);
  }
}

/** What every client of the AWS SDK is made with: this server, this tab's key, and no second try of a refused call. */
export function clientConfig() {
  return {
    endpoint: location.origin,
    region: () => Promise.resolve(region),
    credentials,
    maxAttempts: 2,
  };
}

/** Options of one call: what cancels it when nobody waits for its answer any more. */
export function until(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}
