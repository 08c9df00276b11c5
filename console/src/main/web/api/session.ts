// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';

/** What signs the calls. */
export interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A server in mode `open` reads account and region from a signature and verifies nothing. */
const ANYBODY: Key = { accessKeyId: 'console', secretAccessKey: 'console' };
const STORED = 'clew.key';

let key: Key | undefined = restore();
const listeners = new Set<() => void>();

/** The key of this tab: it lives in memory and in the tab's session storage, never longer. */
export function useKey(): Key | undefined {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => key,
  );
}

export function signIn(given: Key): void {
  sessionStorage.setItem(STORED, JSON.stringify(given));
  become(given);
}

export function signOut(): void {
  sessionStorage.removeItem(STORED);
  become(undefined);
}

export function signedIn(): boolean {
  return key !== undefined;
}

/** Called for every request that is signed, so that a new key counts at once. */
export function credentials(): Promise<Key> {
  return Promise.resolve(key ?? ANYBODY);
}

function become(next: Key | undefined): void {
  key = next;
  for (const listener of listeners) {
    listener();
  }
}

function restore(): Key | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as Partial<Key> | null;
    return stored?.accessKeyId && stored.secretAccessKey
      ? {
          accessKeyId: stored.accessKeyId,
          secretAccessKey: stored.secretAccessKey,
        }
      : undefined;
  } catch {
    return undefined;
  }
}
