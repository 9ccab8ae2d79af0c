/** A second window, hidden while the stage lives: when the stage page is gone, the last good poster is seen instead of black, or the picture that was kept of the stage. */
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
export function createStandby(stage: BrowserWindow, open: () => BrowserWindow, isWayland: boolean): Standby {
  const posters = new Map<string, string>();
  let standby: BrowserWindow | null = null;
  let turn = 0;
  let poster = '';
  let losses = 0;

  function load(): void {
    if (!standby || standby.isDestroyed()) return;
    // The kept picture was taken of the turned stage; each loss asks for it anew.
    const sight = poster === '' ? `kept/${losses}` : `${turn}/${poster}`;
    standby.loadURL(`${STAGE_ORIGIN}/standby.html#${sight}`).catch(() => undefined);
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
        if (!isWayland) standby?.setFullScreen(false);
        standby?.hide();
      }
      const shown = posters.get(event.id);
      if (shown === undefined || shown === poster) return;
      poster = shown;
      load();
    },
    stageLost() {
      if (!standby || standby.isDestroyed() || stage.isDestroyed()) return;
      losses += 1;
      if (poster === '') load();
      standby.showInactive();
      // Asked before the window is there, a compositor may answer with a size of nothing; cage makes it as large as the screen by itself.
      if (!isWayland) standby.setFullScreen(true);
      stage.hide();
    },
  };
}
