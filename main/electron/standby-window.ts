/** A second window, hidden while the stage lives: when the stage page is gone, the last good poster is seen instead of black. */
import type { BrowserWindow } from 'electron';
import type { StageCommand, StageEvent } from '../../protocol/stage.ts';
import { STAGE_ORIGIN } from './stage-scheme.ts';

/** The window's keeper. */
export type Standby = {
  /** Hears what the stage is told and what it answers, and so knows the last poster that was shown. */
  told(command: StageCommand): void;
  answered(event: StageEvent): void;
  /** The stage page is gone: this window is seen in its place, until something is shown on the stage again. */
  stageLost(): void;
};

/**
 * Keeps a window of the same size beside `stage`; `open` makes it, hidden, when something has been shown for the first time, so that it holds up no start. It is
 * never on the screen while the stage lives: no compositor could put it in front.
 */
export function createStandby(stage: BrowserWindow, open: () => BrowserWindow): Standby {
  const posters = new Map<string, string>();
  let standby: BrowserWindow | null = null;
  let turn = 0;
  let poster = '';

  function load(): void {
    if (!standby || standby.isDestroyed()) return;
    standby.loadURL(`${STAGE_ORIGIN}/standby.html#${turn}/${poster}`).catch(() => undefined);
  }

  function openStandby(): void {
    standby = open();
    standby.webContents.on('render-process-gone', load);
    load();
  }

  return {
    told(command) {
      if (command.type === 'display' && command.rotation !== turn) {
        turn = command.rotation;
        load();
      }
      if (command.type !== 'prepare') return;
      if (posters.size > 1) posters.clear();
      if (command.content.type === 'image') posters.set(command.id, command.content.url);
    },
    answered(event) {
      if (event.type !== 'started' || stage.isDestroyed()) return;
      if (!standby) openStandby();
      if (!stage.isVisible()) {
        stage.show();
        standby?.setFullScreen(false);
        standby?.hide();
      }
      const shown = posters.get(event.id);
      if (shown === undefined || shown === poster) return;
      poster = shown;
      load();
    },
    stageLost() {
      if (!standby || standby.isDestroyed() || stage.isDestroyed()) return;
      standby.showInactive();
      standby.setFullScreen(true);
      stage.hide();
    },
  };
}
