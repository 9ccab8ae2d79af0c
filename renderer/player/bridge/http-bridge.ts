/** The bridge in a plain Chromium: commands arrive as server-sent events, events leave as posts, in order. */
import { type PlayerBridge, STAGE_PATHS, type StageCommand, type StageEvent } from '../../../protocol/stage.ts';
import { createEventQueue } from './event-queue.ts';

const POST_TIMEOUT_MS = 5_000;
const REOPEN_MS = 1_000;

/**
 * Connects to the agent that serves the page at `base` and stays with it for ever. Each time the command stream comes
 * back after a loss, `ready` is sent again, since the agent may be a new one that does not know what shows.
 */
export function createHttpBridge(base: string): PlayerBridge {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const queue = createEventQueue({
    // The agent answers `ready` over the stream, so nothing is said before that stands.
    post: (event) => opened.then(() => post(new URL(STAGE_PATHS.events, base), event)),
    wait: (ms, run) => void setTimeout(run, ms),
  });
  const early: StageCommand[] = [];
  let listener: ((command: StageCommand) => void) | null = null;
  openStream(new URL(STAGE_PATHS.commands, base), {
    onMessage(data) {
      // The one cast of the bridge: the listener behind it checks every command against its schema.
      const command = parseJson(data) as StageCommand;
      if (listener === null) early.push(command);
      else listener(command);
    },
    onOpen(again) {
      open();
      if (again) queue.add({ type: 'ready' });
    },
  });
  return {
    send: (event) => queue.add(event),
    onCommand(given) {
      listener = given;
      for (const command of early.splice(0)) given(command);
    },
  };
}

type StreamListeners = { onMessage(data: string): void; onOpen(again: boolean): void };

function openStream(url: URL, listeners: StreamListeners, openedBefore = false): void {
  const source = new EventSource(url);
  let again = openedBefore;
  source.onopen = () => {
    listeners.onOpen(again);
    again = true;
  };
  source.onmessage = (message: MessageEvent<unknown>) => listeners.onMessage(String(message.data));
  source.onerror = () => {
    // The browser reconnects by itself after a network error, but gives up after an HTTP error.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => openStream(url, listeners, again), REOPEN_MS);
  };
}

async function post(url: URL, event: StageEvent): Promise<'taken' | 'refused'> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(POST_TIMEOUT_MS),
  });
  if (response.ok) return 'taken';
  if (response.status >= 500) throw new Error(`the agent answered ${response.status}`);
  console.error(`the agent refused an event of type ${event.type} with ${response.status}`);
  return 'refused';
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
