/** Builds the stage page and the page behind it (renderer/player) to dist/stage: relative addresses, no inlined scripts, Chromium 114 and newer. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('./renderer/player', import.meta.url)),
  base: './',
  build: {
    outDir: fileURLToPath(new URL('./dist/stage', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome114',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: ['index.html', 'standby.html'].map((page) =>
        fileURLToPath(new URL(`./renderer/player/${page}`, import.meta.url)),
      ),
    },
  },
});
