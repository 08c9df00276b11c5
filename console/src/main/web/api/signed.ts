// SPDX-License-Identifier: Apache-2.0
import { RefusedError } from './server';
import { signedIn } from './session';
import { xrayClient } from './xray';

/** A page of our own that is guarded like the API: signed for X-Ray if there is a key, which a server in mode `open` needs not. */
export async function signedJson(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = signedIn() ? await signatureOf(method, path, text) : {};
  const response = await fetch(path, {
    method,
    headers: {
      ...headers,
      Accept: 'application/json',
      ...(text && { 'Content-Type': 'application/json' }),
    },
    body: text ?? null,
    signal: signal ?? null,
  });
  if (!response.ok) {
    throw await RefusedError.of(response);
  }
  return response.json();
}

/** The headers that sign a request; the browser itself sends the Host that is signed with them. */
async function signatureOf(method: string, path: string, body: string | undefined): Promise<Record<string, string>> {
  const url = new URL(path, location.origin);
  const signer = await xrayClient.config.signer();
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host },
    body,
  });
  const { host: _, ...headers } = signed.headers;
  return headers;
}
