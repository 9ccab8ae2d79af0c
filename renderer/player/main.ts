/** Starts the stage page: opens the bridge to the agent, builds the stage and obeys. */
import './schema-mode.ts';
import { openBridge } from './bridge/open-bridge.ts';
import { startPulse } from './bridge/start-pulse.ts';
import { createFrameCounter } from './stage/frame-counter.ts';
import { quietPage } from './stage/quiet-page.ts';
import { createStage } from './stage/stage.ts';

const root = document.getElementById('stage');
if (root === null) throw new Error('the page has no element "stage"');

quietPage();
const bridge = openBridge();
const frames = createFrameCounter();
const stage = createStage({ root, frames, send: (event) => bridge.send(event) });
window.addEventListener('error', (event) => console.error('uncaught', event.error ?? event.message));
window.addEventListener('unhandledrejection', (event) => console.error('unhandled', event.reason));
window.addEventListener('resize', () => stage.layout());
bridge.onCommand((command) => stage.obey(command));
startPulse({ frames, showing: () => stage.showing(), send: (event) => bridge.send(event) });
bridge.send({ type: 'ready' });
