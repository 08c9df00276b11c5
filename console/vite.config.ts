// SPDX-License-Identifier: Apache-2.0
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` shows the sources of this folder against a running server: CLEW_ENDPOINT, else the usual address.
const server = process.env.CLEW_ENDPOINT ?? 'http://127.0.0.1:4566';

export default defineConfig({
  root: 'src/main/web',
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: '../../../target/classes/dev/clew/console',
    emptyOutDir: true,
    target: 'es2023',
    manifest: 'manifest.json',
    assetsInlineLimit: 0, // an inlined asset is a data: address, which the content security policy refuses
    chunkSizeWarningLimit: 2000, // build/sizes.mjs holds the budget, compressed
  },
  server: { proxy: { '^/(?!console/)': { target: server, changeOrigin: false } }, fs: { allow: ['../../..'] } },
});
