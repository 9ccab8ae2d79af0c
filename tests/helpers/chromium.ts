/** The browser that tests and benches run in. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUMS = [
  process.env.XUNBO_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Arguments of a browser that plays without a graphics card and asks nobody. */
export const QUIET_CHROMIUM = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
  '--mute-audio',
];

const found = (): string | undefined =>
  CHROMIUMS.find((path): path is string => path !== undefined && existsSync(path));

/** Path of the browser; throws where there is none. */
export function chromiumPath(): string {
  const path = found();
  if (path === undefined) throw new Error('no Chromium here; set XUNBO_CHROMIUM');
  return path;
}

/** Starts a headless browser: the one of this machine, or else one that Playwright has brought. */
export function launchChromium(): Promise<Browser> {
  const executablePath = found();
  return chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: QUIET_CHROMIUM });
}
