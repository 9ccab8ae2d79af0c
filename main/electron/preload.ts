/** The stage's preload script: gives the page `window.player` and nothing else. Runs sandboxed; both ends check what passes. */
import { contextBridge, ipcRenderer } from 'electron';
import type { PlayerBridge, StageCommand } from '../../protocol/stage.ts';
import { STAGE_CHANNELS } from '../../protocol/stage-channels.ts';

const early: StageCommand[] = [];
let listener: ((command: StageCommand) => void) | null = null;

ipcRenderer.on(STAGE_CHANNELS.command, (_event, command: StageCommand) => {
  if (listener) listener(command);
  else early.push(command);
});

const bridge: PlayerBridge = {
  send: (event) => ipcRenderer.send(STAGE_CHANNELS.event, event),
  onCommand(given) {
    listener = given;
    for (const command of early.splice(0)) given(command);
  },
};

contextBridge.exposeInMainWorld('player', bridge);
