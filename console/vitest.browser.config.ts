// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';

// Tests that drive a browser against a packed server: see src/test/browser/server.ts.
export default defineConfig({
  test: {
    include: ['src/test/browser/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 180_000,
  },
});
