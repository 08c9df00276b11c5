// SPDX-License-Identifier: Apache-2.0
import { QueryClient } from '@tanstack/react-query';
import { problemOf } from '../api/problem';

const RETRIES = 2;

/** Refused calls are shown at once; only what may pass by itself is asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < RETRIES && problemOf(error).passing,
      retryDelay: (attempt) => 400 * 2 ** attempt,
      refetchOnWindowFocus: false,
      staleTime: 1_000,
      gcTime: 60_000,
    },
  },
});
