/** Builds the web console into dist/console; in development it hands calls on to a server on port 8080. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = process.env.XUNBO_DEV_SERVER ?? 'http://127.0.0.1:8080';

/** Puts a `.gz` beside every script, style and drawing, for a server that serves what is compressed already. */
function compressed(): Plugin {
  return {
    name: 'xunbo-compressed',
    apply: 'build',
    writeBundle({ dir = '.' }) {
      for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|svg|html)$/.test(file)) continue;
        writeFileSync(join(dir, `${file}.gz`), gzipSync(readFileSync(join(dir, file)), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: 'renderer/console',
  base: '/',
  plugins: [react(), compressed()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: { '/api': server, '/player': server, '/socket.io': { target: server, ws: true } },
  },
});
