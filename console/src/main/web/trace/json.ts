// SPDX-License-Identifier: Apache-2.0

/** Anything that JSON can say. Documents come from anybody: nothing about their shape is certain. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

const NOTHING: JsonObject = {};

export function objectAt(value: Json | undefined, ...path: string[]): JsonObject {
  let found: Json | undefined = value;
  for (const name of path) {
    found = isObject(found) ? found[name] : undefined;
  }
  return isObject(found) ? found : NOTHING;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listAt(value: Json | undefined, name: string): readonly Json[] {
  const found = objectAt(value)[name];
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** A text; a number or truth value is spelled, anything else is "". */
export function textAt(value: Json | undefined, name: string): string {
  const found = objectAt(value)[name];
  return typeof found === 'string' ? found : typeof found === 'number' || typeof found === 'boolean' ? `${found}` : '';
}

export function numberAt(value: Json | undefined, name: string): number | undefined {
  const found = objectAt(value)[name];
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function spelled(value: Json | undefined): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}
