// SPDX-License-Identifier: Apache-2.0
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { go, hrefOf, usePlace } from './place';

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** A page below the console's path. */
  readonly to: string;
  readonly params?: Record<string, string | undefined>;
}

/** A link within the console: a real address, so that it opens in a new tab too, followed without a reload. */
export function Link({ to, params, onClick, ...rest }: LinkProps) {
  const href = hrefOf(to, params, usePlace().params);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (plain && !event.defaultPrevented) {
      event.preventDefault();
      go(href);
    }
  };
  return <a {...rest} href={href} onClick={follow} />;
}
