// SPDX-License-Identifier: Apache-2.0
import { kindOf } from '../format/names';
import type { Entity } from './entity';
import { isObject } from './json';

export function kindOfSubsegment(entity: Entity): string {
  if (isObject(entity.document.sql)) {
    return 'sql';
  }
  return entity.namespace === 'remote' ? 'http' : entity.namespace === 'aws' ? 'aws' : '';
}

/** The kind of a call whose other side is known only by inference. */
export function kindOfMirror(call: Entity, mirror: Entity): string {
  return mirror.origin === '' ? kindOfSubsegment(call) : kindOf(mirror.origin);
}

/** `DynamoDB GetItem`, `POST api.stripe.com`, or just the name. */
export function labelOf(entity: Entity): string {
  if (entity.namespace === 'aws' && entity.operation !== '') {
    const bus = entity.name === 'events' || entity.name === 'EventBridge';
    return `${bus ? 'Events' : entity.name} ${entity.operation}`;
  }
  return entity.namespace === 'remote' && entity.method !== '' ? `${entity.method} ${entity.name}` : entity.name;
}
