/** The first shell: the stage page in a window of its own, reached over two IPC channels. */
import { app, BrowserWindow, type IpcMainEvent, ipcMain, type Session, screen } from 'electron';
import { type StageEvent, stageEventSchema } from '../../protocol/stage.ts';
import { STAGE_CHANNELS } from '../../protocol/stage-channels.ts';
import type { Timers } from '../clock.ts';
import type { Log } from '../log.ts';
import { createFirstSight } from '../stage/first-sight.ts';
import type { StagePort } from '../stage-port.ts';
import { captureWindow, pictureWindow } from './capture-window.ts';
import { STAGE_ORIGIN, STAGE_URL } from './stage-scheme.ts';
import { createStandby } from './standby-window.ts';

const FIRST_PAUSE_MS = 200;
const MOST_PAUSE_MS = 30_000;

/** What the window is made with; `isHeldBack`: beside the screen until it has something to show; `isWayland`: a compositor says how large it is. */
export type ElectronStageOptions = {
  session: Session;
  preload: string;
  isWindow: boolean;
  isHeldBack: boolean;
  isWayland: boolean;
};

/** Opens the window and keeps the page in it alive. */
export function createElectronStage(
  options: ElectronStageOptions,
  timers: Timers,
  log: Log,
): StagePort & { window: BrowserWindow } {
  const window = openWindow(options);
  const { webContents } = window;
  const openStandby = (): BrowserWindow => openWindow({ ...options, preload: null });
  const standby = options.isWindow ? null : createStandby(window, openStandby, options.isWayland);
  const { isHeldBack, isWayland } = options;
  const sight = isHeldBack ? createFirstSight(() => uncover(window, isWayland), timers, isWayland) : null;
  let listener: (event: StageEvent) => void = () => undefined;
  let losses = 0;
  let cancelReload: (() => void) | null = null;

  ipcMain.on(STAGE_CHANNELS.event, (ipc: IpcMainEvent, body: unknown) => {
    if (!isFromStage(ipc)) {
      log('warn', 'message from an unknown sender dropped');
      return;
    }
    const event = stageEventSchema.safeParse(body);
    if (!event.success) {
      log('warn', 'the page sent an event out of contract', { text: JSON.stringify(body ?? null).slice(0, 200) });
      return;
    }
    if (event.data.type === 'started') losses = 0;
    sight?.answered(event.data);
    standby?.answered(event.data);
    listener(event.data);
  });

  const isFromStage = (ipc: IpcMainEvent): boolean =>
    ipc.sender === webContents &&
    ipc.senderFrame === webContents.mainFrame &&
    (ipc.senderFrame?.url ?? '').startsWith(`${STAGE_ORIGIN}/`);

  /** Loads the page anew, at once the first time, ever later while it keeps dying. */
  function reloadSoon(reason: string): void {
    if (cancelReload || window.isDestroyed()) return;
    standby?.stageLost();
    const pauseMs = losses === 0 ? 0 : Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** losses);
    losses += 1;
    log('warn', 'page is loaded anew', { reason, inMs: pauseMs });
    cancelReload = timers.after(pauseMs, () => {
      cancelReload = null;
      load();
    });
  }

  function load(): void {
    if (window.isDestroyed()) return;
    window.loadURL(STAGE_URL).catch((error: unknown) => log('warn', 'page did not load', { error: String(error) }));
  }

  webContents.on('render-process-gone', (_event, details) => reloadSoon(`page process gone: ${details.reason}`));
  webContents.on('unresponsive', () => webContents.forcefullyCrashRenderer());
  webContents.on('did-fail-load', (_event, code, text) => reloadSoon(`load failed: ${code} ${text}`));
  // Some addresses, about:blank among them, are reached without a question that could be answered with no.
  webContents.on('did-navigate', (_event, url) => {
    if (url !== STAGE_URL) reloadSoon(`the page is at ${url.slice(0, 200)}`);
  });
  load();

  return {
    window,
    send: (command) => {
      sight?.told(command);
      standby?.told(command);
      if (!webContents.isDestroyed()) webContents.send(STAGE_CHANNELS.command, command);
    },
    onEvent: (next) => {
      listener = next;
    },
    restart(reason) {
      if (webContents.isDestroyed()) return;
      // A page that does not answer cannot be asked to go; its process is ended, which brings it up anew.
      if (webContents.isCrashed()) reloadSoon(reason);
      else webContents.forcefullyCrashRenderer();
    },
    capture: () => captureWindow(webContents, timers),
    picture: () => pictureWindow(webContents, timers),
    // Kilobytes, of the helper processes: that of the agent is counted by the agent.
    memoryBytes: async () =>
      app
        .getAppMetrics()
        .filter(({ pid }) => pid !== process.pid)
        .reduce((sum, { memory }) => sum + (memory.privateBytes ?? memory.workingSetSize) * 1024, 0),
  };
}

/** `preload` null: a page that nothing is asked of, in a window that waits hidden; asked for the full screen, a window would be shown. */
function openWindow({
  session,
  preload,
  isWindow,
  isHeldBack,
  isWayland,
}: Omit<ElectronStageOptions, 'preload'> & { preload: string | null }): BrowserWindow {
  const isStage = preload !== null;
  const isShown = isStage && !isHeldBack;
  // A compositor that is asked for the full screen before it has seen the window may answer with a size of nothing, which ends Electron.
  const isFullLater = isWayland && isStage && !isWindow;
  const window = new BrowserWindow({
    backgroundColor: '#000000',
    show: isShown,
    // Without a window manager nobody else makes the window as large as the screen.
    ...(isWindow
      ? { width: 1280, height: 720 }
      : {
          ...screen.getPrimaryDisplay().bounds,
          frame: false,
          ...(isShown && !isWayland && { kiosk: true, fullscreen: true }),
        }),
    webPreferences: {
      session,
      ...(preload !== null && { preload }),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: isWindow,
      backgroundThrottling: false,
    },
  });
  window.removeMenu();
  if (!isWindow) window.webContents.on('before-input-event', (event) => event.preventDefault());
  if (isStage && isHeldBack && !isWayland) holdBack(window);
  if (isFullLater) window.once('ready-to-show', () => window.setKiosk(true));
  return window;
}

/** Only the first pixel of the window is on the screen: a window without any would count as hidden, and be drawn anew, slowly, when it is uncovered. */
function holdBack(window: BrowserWindow): void {
  const { x, y, width, height } = screen.getPrimaryDisplay().bounds;
  window.setBounds({ x: x + width - 1, y: y + height - 1, width, height });
  window.showInactive();
}

function uncover(window: BrowserWindow, isWayland: boolean): void {
  if (window.isDestroyed()) return;
  if (isWayland) {
    window.show();
    return;
  }
  window.setBounds(screen.getPrimaryDisplay().bounds);
  window.setKiosk(true);
  window.focus();
}
