/** Everything a signage page never needs is refused: permissions, navigation, windows, downloads, web views. */
import { type App, Menu, type Session, type WebContents } from 'electron';
import type { Log } from '../log.ts';
import { STAGE_URL } from './stage-scheme.ts';

/** Refuses all of it for every page the app will ever have. To be called before the first window is made. */
export function hardenApp(app: App, log: Log): void {
  Menu.setApplicationMenu(null);
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, log));
  app.on('login', (event) => event.preventDefault());
  app.on('certificate-error', (_event, _contents, _url, _error, _certificate, answer) => answer(false));
  app.on('select-client-certificate', (event) => event.preventDefault());
}

/** Refuses permissions, devices, downloads and every request that is not the stage's own. */
export function hardenSession(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log('warn', 'permission refused', { permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    log('warn', 'download refused');
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const isOwn = /^(xunbo:\/\/stage\/|blob:xunbo:\/\/stage\/|data:|devtools:)/.test(details.url);
    if (!isOwn) log('warn', 'request refused', { url: details.url.slice(0, 200) });
    answer({ cancel: !isOwn });
  });
}

function hardenContents(contents: WebContents, log: Log): void {
  contents.on('will-navigate', (event, url) => {
    if (url === STAGE_URL) return;
    log('warn', 'navigation refused', { url: String(url).slice(0, 200) });
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log('warn', 'window refused', { url: url.slice(0, 200) });
    return { action: 'deny' };
  });
}
