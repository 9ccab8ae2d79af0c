/** Starts the page; the same script, started by the page as a worker, checks. */
import '../player/schema-mode.ts';
import 'temporal-polyfill/global';
import { answerChecks } from './check/answer-checks.ts';
import { openPage } from './page/open-page.ts';

if ('document' in globalThis) {
  const root = document.getElementById('page');
  const live = document.getElementById('live');
  if (!root || !live) throw new Error('index.html has no #page and #live');
  openPage({ root, live, script: document.currentScript?.textContent ?? '', nowMs: () => Date.now() });
} else answerChecks();
