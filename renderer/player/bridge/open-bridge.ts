/** Opens the bridge to the agent: Electron's own where the preload script gave one, else events and posts over HTTP. */
import { type PlayerBridge, type StageCommand, type StageEvent, stageCommandSchema } from '../../../protocol/stage.ts';
import { createHttpBridge } from './http-bridge.ts';
import { readCommand } from './read-command.ts';

declare global {
  interface Window {
    /** Given by Electron's preload script. */
    player?: PlayerBridge;
  }
}

/** The bridge of this page; commands that fit no schema never reach the listener, their slot is reported as failed. */
export function openBridge(): PlayerBridge {
  const given = window.player;
  const bridge = given ?? createHttpBridge(document.baseURI);
  const send = (event: StageEvent): void => bridge.send(event);
  return {
    send,
    onCommand(listener) {
      bridge.onCommand((raw: unknown) => {
        const command = readCommand(raw, (value) => stageCommandSchema.safeParse(value), send);
        if (command !== null) listener(command satisfies StageCommand);
      });
    },
  };
}
