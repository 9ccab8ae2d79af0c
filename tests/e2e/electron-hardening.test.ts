/** What the Electron shell refuses, one test a rule, asked of a real Electron from its page and from its main process. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronExecutable } from '../../cli/player-shell.ts';
import { STAGE_CSP } from '../../main/stage/stage-files.ts';
import { type ElectronShell, MAIN_FILE, startElectronShell } from '../helpers/electron-shell.ts';
import { type OtherSite, startOtherSite } from '../helpers/other-site.ts';
import { eventually } from '../helpers/product.ts';

const electron = electronExecutable(process.env);

describe.skipIf(electron === null)(
  'Electron shell (skipped where no Electron is; set ELECTRON_OVERRIDE_DIST_PATH)',
  () => {
    let shell: ElectronShell;
    let elsewhere: OtherSite;

    beforeAll(async () => {
      elsewhere = await startOtherSite();
      shell = await startElectronShell(electron ?? '', elsewhere.url);
      await loadAnew();
    });
    afterAll(async () => {
      await shell?.close();
      elsewhere?.close();
    });

    /** Loads the page anew, and marks it so that it is known again. */
    async function loadAnew(): Promise<void> {
      await shell.page.reload();
      await shell.page.evaluate(() => {
        Object.assign(window, { mark: 'same page' });
      });
    }
    /** The page is the one it was, at its own address. */
    const expectSamePage = async (): Promise<void> => {
      expect(await shell.page.evaluate(() => [location.href, Reflect.get(window, 'mark')])).toEqual([
        'xunbo://stage/index.html',
        'same page',
      ]);
    };
    /** Waits for a line of the shell's log. */
    const logged = (text: string): Promise<true> =>
      eventually(`log line: ${text}`, async () => shell.output().includes(text) || undefined, 10_000);
    /** Runs code in the page as if a person had just clicked. */
    const clicked = (code: string): Promise<unknown> =>
      shell.app.evaluate(({ BrowserWindow }, script) => {
        const [window] = BrowserWindow.getAllWindows();
        return window?.webContents.executeJavaScript(script, true);
      }, code);

    test('[EL1] the page is made for the sandbox, whatever the machine', async () => {
      const prefs = await shell.app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        // Not in Electron's types, yet there since Electron 1: what the window really runs with.
        return contents ? Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, []) : null;
      });
      expect(prefs).toMatchObject({ sandbox: true, contextIsolation: true, webSecurity: true });
    });

    test('[EL2] the page and its preload script live in worlds of their own', async () => {
      const seen = await shell.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScriptInIsolatedWorld(999, [
          { code: 'String(globalThis.mark) + " " + typeof globalThis.player' },
        ]),
      );
      expect(seen).toBe('undefined undefined');
      expect(
        await shell.page.evaluate(() => {
          const bridge: unknown = Reflect.get(window, 'player');
          return typeof bridge === 'object' && bridge !== null ? [Object.keys(bridge), Object.isFrozen(bridge)] : null;
        }),
      ).toEqual([['send', 'onCommand'], true]);
    });

    test('[EL3] nothing of Node is in the page, nor in a frame or worker of it', async () => {
      const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname'];
      const inPage = (list: string[]): string[] => list.filter((name) => name in globalThis);
      expect(await shell.page.evaluate(inPage, names)).toEqual([]);
      const inFrame = await shell.page.evaluate((list) => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        const found = list.filter((name) => frame.contentWindow && name in frame.contentWindow);
        if (frame.contentWindow && 'player' in frame.contentWindow) found.push('player');
        frame.remove();
        return found;
      }, names);
      expect(inFrame).toEqual([]);
    });

    test('[EL4] inline scripts, handlers and evaluated text are refused by the policy of the page', async () => {
      const ran = await shell.page.evaluate(async () => {
        const violations: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => violations.push(event.blockedURI));
        const script = document.createElement('script');
        script.textContent = 'window.ranInline = true';
        document.body.append(script);
        const image = document.createElement('div');
        image.setAttribute('onclick', 'window.ranHandler = true');
        image.click();
        // Out of the debugger's call, which may evaluate what a page may not.
        await new Promise<void>((resolve) => {
          setTimeout(() => {
            try {
              // biome-ignore lint/security/noGlobalEval: that it is refused is what is asked.
              globalThis.eval('window.ranEval = true');
            } catch {
              violations.push('eval threw');
            }
            setTimeout(resolve, 0);
          }, 0);
        });
        script.remove();
        return { ran: ['ranInline', 'ranHandler', 'ranEval'].filter((name) => name in window), violations };
      });
      expect(ran.ran).toEqual([]);
      expect(ran.violations).toEqual(expect.arrayContaining(['inline', 'eval', 'eval threw']));
      const policy = await shell.page.evaluate(async () =>
        (await fetch('index.html')).headers.get('content-security-policy'),
      );
      expect(policy).toBe(STAGE_CSP);
      expect(policy).not.toMatch(/script-src|unsafe-eval|\*/);
      expect(policy?.split('; ')).toEqual(
        expect.arrayContaining(["default-src 'self'", "object-src 'none'", "form-action 'none'"]),
      );
    });

    test('[EL5] the page loads from its own scheme only, policy or no policy', async () => {
      const tries = [`${elsewhere.url}/a`, 'file:///etc/hostname', 'https://192.0.2.1/', 'xunbo://other/index.html'];
      const answers = (): Promise<string[]> =>
        shell.page.evaluate(
          (urls) =>
            Promise.all(
              urls.map(async (url) => {
                try {
                  const answer = await fetch(url);
                  return answer.ok ? `${url} answered` : 'refused';
                } catch {
                  return 'refused';
                }
              }),
            ),
          tries,
        );
      expect(await answers()).toEqual(tries.map(() => 'refused'));
      const devtools = await shell.page.context().newCDPSession(shell.page);
      await devtools.send('Page.setBypassCSP', { enabled: true });
      await loadAnew();
      try {
        expect(await answers()).toEqual(tries.map(() => 'refused'));
        await logged(`"url":"${elsewhere.url}/a"`);
      } finally {
        await devtools.send('Page.setBypassCSP', { enabled: false });
        await devtools.detach();
        await loadAnew();
      }
      expect(await shell.page.evaluate(async () => (await fetch('index.html')).status)).toBe(200);
      expect(await shell.page.evaluate(async () => (await fetch('../main.cjs')).status)).toBe(404);
      expect(elsewhere.asked).toEqual([]);
    });

    test('[EL6] every permission is refused, asked for or looked up', async () => {
      const code = `(async () => {
      const name = (promise) => promise.then((value) => 'granted ' + String(value), (error) => error.name);
      const states = await Promise.all(['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'idle-detection']
        .map((name) => navigator.permissions.query({ name }).then((status) => status.state)));
      return {
        states: [...new Set(states)],
        place: await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), (error) => resolve(error.code))),
        notify: await Notification.requestPermission(),
        camera: await name(navigator.mediaDevices.getUserMedia({ video: true })),
        sound: await name(navigator.mediaDevices.getUserMedia({ audio: true })),
        clipboard: await name(navigator.clipboard.readText()),
        midi: await name(navigator.requestMIDIAccess()),
      };
    })()`;
      expect(await clicked(code)).toMatchObject({
        states: ['denied'],
        place: 1,
        notify: 'denied',
        camera: 'NotAllowedError',
        sound: 'NotAllowedError',
        clipboard: 'NotAllowedError',
        midi: 'SecurityError',
      });
      await logged('permission refused');
    });

    test('[EL7] a page that would go elsewhere stays', async () => {
      for (const url of [`${elsewhere.url}/away`, 'xunbo://other/index.html']) {
        await clicked(`location.href = ${JSON.stringify(url)}; true`);
        await logged(`"msg":"navigation refused","url":"${url}"`);
      }
      await expectSamePage();
      // Chromium does not ask before it blanks a page.
      await clicked(`location.href = 'about:blank'; true`);
      await logged('"reason":"the page is at about:blank"');
      await shell.page.waitForFunction(() => location.href === 'xunbo://stage/index.html' && 'player' in window);
      await loadAnew();
      expect(elsewhere.asked).toEqual([]);
    });

    test('[EL8] no window opens', async () => {
      expect(await clicked(`String(window.open(${JSON.stringify(`${elsewhere.url}/window`)}))`)).toBe('null');
      expect(await clicked(`String(window.open('about:blank'))`)).toBe('null');
      await clicked(
        `(() => { const a = document.createElement('a'); a.href = 'xunbo://stage/index.html'; a.target = '_blank'; a.click(); return true; })()`,
      );
      await logged('"msg":"window refused","url":"xunbo://stage/index.html"');
      expect(await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
      await expectSamePage();
    });

    test('[EL9] nothing is downloaded', async () => {
      await clicked(
        `(() => { const a = document.createElement('a'); a.href = 'xunbo://stage/index.html'; a.download = 'x.html'; a.click(); return true; })()`,
      );
      await logged('download refused');
      await expectSamePage();
    });

    test('[EL10] no web view comes to life', async () => {
      const made = await shell.page.evaluate((url) => {
        const view = document.body.appendChild(document.createElement('webview'));
        view.setAttribute('src', url);
        const found = 'getWebContentsId' in view;
        return found;
      }, `${elsewhere.url}/view`);
      expect(made).toBe(false);
      expect(await shell.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
      expect(elsewhere.asked).toEqual([]);
    });

    /** Counts the commands that the agent sends to its page from now on. */
    async function countAnswers(): Promise<() => Promise<number>> {
      await shell.app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents) throw new Error('no window');
        const send = contents.send.bind(contents);
        Object.assign(globalThis, { answers: 0 });
        contents.send = (...words) => {
          Reflect.set(globalThis, 'answers', Reflect.get(globalThis, 'answers') + 1);
          send(...words);
        };
      });
      return () => shell.app.evaluate(() => Number(Reflect.get(globalThis, 'answers')));
    }

    test('[EL11] a message out of contract is dropped, and the agent lives on', async () => {
      const answers = await countAnswers();
      const send = (body: unknown): Promise<void> =>
        shell.page.evaluate((given) => Reflect.get(window, 'player').send(given), body);
      const bodies = [
        null,
        'ready',
        42,
        [],
        {},
        { type: 'format-disk' },
        { type: 'ready', more: true },
        { type: 'started' },
        { type: 'started', id: 'x'.repeat(500) },
        { type: 'pulse', showing: null, frames: -1 },
        { type: 'failed', id: 'a', reason: 'decode', detail: 'x'.repeat(100_000) },
      ];
      const before = shell.output().split('an event out of contract').length;
      for (const body of bodies) await send(body);
      await eventually('every one of them dropped', async () => {
        return shell.output().split('an event out of contract').length === before + bodies.length || undefined;
      });
      expect(await answers()).toBe(0);
      await send({ type: 'ready' });
      await eventually('an answer to what is in contract', async () => (await answers()) > 0 || undefined, 10_000);
      const channels = await shell.app.evaluate(({ ipcMain }) => ipcMain.eventNames().map(String));
      // Electron itself listens to 'error'.
      expect(channels.filter((name) => name !== 'error')).toEqual(['stage:event']);
    });

    test('[EL12] a message of any other page, window or address is dropped, however well it is formed', async () => {
      const preload = MAIN_FILE.replace('main.cjs', 'preload.cjs');
      const answers = await countAnswers();
      const dropped = (): number => shell.output().split('message from an unknown sender dropped').length - 1;
      await shell.app.evaluate(async ({ BrowserWindow }, path) => {
        const other = new BrowserWindow({ show: false, webPreferences: { preload: path } });
        await other.loadURL('data:text/html,other');
        await other.webContents.executeJavaScript("player.send({ type: 'ready' }); true");
        other.destroy();
      }, preload);
      await eventually('the other window dropped', async () => dropped() === 1 || undefined, 10_000);
      await shell.app.evaluate(async ({ BrowserWindow }) => {
        const [stage] = BrowserWindow.getAllWindows();
        await stage?.loadURL("data:text/html,<script>player.send({ type: 'ready' })</script>");
      });
      await eventually('the other address dropped', async () => dropped() === 2 || undefined, 10_000);
      expect(await answers()).toBe(0);
    });
  },
);
