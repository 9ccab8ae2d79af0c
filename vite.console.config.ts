/** Builds the web console into dist/console; in development it hands calls on to a server on port 8080. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.XUNBO_DEV_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'renderer/console',
  base: '/',
  plugins: [react()],
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
