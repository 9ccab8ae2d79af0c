/** Starts the console: provides Temporal where the browser has none, then draws the application. */
import { z } from 'zod';

// The content security policy forbids eval, which zod would otherwise try for speed.
z.config({ jitless: true });

if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');

const { startApp } = await import('./app/start-app.tsx');
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
startApp(root);
