// SPDX-License-Identifier: Apache-2.0

/** What a failed call tells a person: the server's own words, and the id to look for in its log. */
export interface Problem {
  readonly title: string;
  readonly message: string;
  readonly requestId: string | undefined;
  /** Whether asking again may help: the server could not be reached, or was busy. */
  readonly passing: boolean;
}

interface ServiceError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly requestId?: string; readonly httpStatusCode?: number };
  readonly $fault?: string;
}

export function problemOf(error: unknown): Problem {
  const { name, message, $metadata, $fault } = (error ?? {}) as ServiceError;
  const status = $metadata?.httpStatusCode;
  if (status === undefined && $fault === undefined && (name === 'TypeError' || name === 'NetworkError')) {
    return {
      title: 'The server does not answer',
      message: 'Is it running? ./clew start',
      requestId: undefined,
      passing: true,
    };
  }
  return {
    title: name ?? 'Error',
    message: message || 'no message',
    requestId: $metadata?.requestId,
    passing: status === undefined ? false : status === 429 || status >= 500,
  };
}
