/** The verifier's page in a real Chromium, opened from the disk, with no network at all. */
import { hash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { formatVkey } from '../../domain/tlog/signed-note.ts';
import { type BundleFiles, byCommand, saysMore, slept, townFiles } from '../helpers/bundle-files.ts';
import { launchChromium } from '../helpers/chromium.ts';
import { unitSigner } from '../helpers/unit-signer.ts';

const PAGE = `${import.meta.dirname}/../../dist/verify/xunbo-verify.html`;

let browser: Browser;
/** What pages complained about, and whatever they asked for beside themselves. */
let complaints: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(() => {
  const heard = complaints;
  complaints = [];
  expect(heard).toEqual([]);
});

/** The page in a language, as wide as a desk's screen. */
async function open(locale: 'zh-CN' | 'en-GB' | 'fr-FR' = 'zh-CN'): Promise<Page> {
  const context = await browser.newContext({
    locale,
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
  });
  await context.setOffline(true);
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && request.url() !== pathToFileURL(PAGE).href)
      complaints.push(request.url());
  });
  await page.goto(pathToFileURL(PAGE).href);
  return page;
}

/** Gives the page both files; waits for what it says. */
async function give(page: Page, { bundle, policy }: BundleFiles): Promise<string> {
  await page.setInputFiles('#bundle', bundle);
  await page.setInputFiles('#policy', policy);
  await page.locator('#verdict').waitFor();
  return (await page.locator('#verdict').textContent()) ?? '';
}

/** What the page saves under a button. */
async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent('download');
  await page.locator(button).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('[VP1] the file is the whole page: its policy lets nothing in but its own script and style', async () => {
  const html = await readFile(PAGE, 'utf8');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^ ;]+'; style-src 'sha256-[^ ;]+'; worker-src blob:;/,
  );
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(html.replace(/<(script|style)>.*?<\/\1>/gs, '')).not.toMatch(/<script|(?:src|href)="(?!data:)/);
  const page = await open();
  const refused = await page.evaluate(() =>
    fetch('data:text/plain,x').then(
      () => 'came',
      () => 'refused',
    ),
  );
  expect(refused).toBe('refused');
  await page.close();
  expect(complaints.join(' ')).toContain('connect-src');
  complaints = [];
});

test('[VP3] [VP2] a proved bundle: the certificate in both languages, and the JSON of the command', async () => {
  const files = await townFiles();
  const page = await open('zh-CN');
  expect(await give(page, files)).toBe('已证实');
  const chinese = await page.locator('article').innerText();
  for (const words of [
    'town.example/xunbo (15 条)',
    '见证方\nw1',
    '2026-07-03 00:30:00 UTC',
    'C 级：密钥存于文件，绑定于 2026-07-01 07:00:00 +08:00',
    '1 天 15 秒',
    '播放 9 次，承诺 6 次\n达标',
    '以下密钥的签名未参与核验，也未要求具备：town.example/xunbo',
  ]) {
    expect(chinese).toContain(words);
  }
  for (const file of [files.bundle, files.policy]) expect(chinese).toContain(hash('sha256', await readFile(file)));
  await page.getByRole('button', { name: 'English' }).click();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  const english = await page.locator('article').innerText();
  for (const words of ['Proved', '9 plays, 6 promised', 'class C: key in a file', 'Vouched for by\nw1']) {
    expect(english).toMatch(new RegExp(words, 'i'));
  }
  const json = await saved(page, '#save-json');
  expect(json.name).toMatch(/^xunbo-verify-[0-9a-f]{12}\.json$/);
  expect(JSON.parse(json.text)).toMatchObject({ verdict: 'proved', screens: [{ screen: 'a' }] });
  expect(json.text).toBe(await byCommand(files));
  expect((await saved(page, '#save-csv')).text).toMatch(
    /^\uFEFFscreen,date,[\s\S]*a,2026-07-01,Asia\/Shanghai,proved,/,
  );
});

test('[VP3] gaps, contradictions and a rejected bundle are said in words, with when and why', async () => {
  const page = await open('fr-FR');
  const files = await townFiles(slept);
  expect(await give(page, files)).toBe('proved with declared gaps');
  expect(await page.locator('article').innerText()).toContain('The machine slept from 08:05:15 to 08:05:30');
  const lying = await townFiles(saysMore);
  const other = await open('zh-CN');
  expect(await give(other, lying)).toBe('证据矛盾');
  const words = await other.locator('article').innerText();
  expect(words).toContain('播放器签署 c1 播放 99 次，记录中为 9 次');
  expect(words).toContain('播放 9 次，承诺 6 次\n播放器当日结束时签署的次数为 99 次\n无法判定');
  expect((await saved(other, '#save-json')).text).toBe(await byCommand(lying));
  // Another policy over the same bundle: nothing of it is known.
  await other.setInputFiles('#policy', files.policy);
  await other.getByRole('heading', { name: '不予采信' }).waitFor();
  expect(await other.locator('article').innerText()).toContain('检查点没有核验规则所列日志的签名');
  expect((await saved(other, '#save-json')).text).toBe(await byCommand({ ...lying, policy: files.policy }));
  const bytes = await readFile(lying.bundle);
  bytes[500] = (bytes[500] ?? 0) ^ 4;
  await writeFile(lying.bundle, bytes);
  await other.setInputFiles('#bundle', lying.bundle);
  await other.getByText('这不是证据包，或生成之后已损坏、被改动').first().waitFor();
  expect(await other.locator('article').innerText()).toContain(hash('sha256', bytes));
});

test('[VP3] [BV8] enrolments that no unit of the policy signed are pointed out', async () => {
  const page = await open('zh-CN');
  const files = await townFiles();
  await appendFile(files.policy, `\nunit hall ${formatVkey(unitSigner().note)}`);
  expect(await give(page, files)).toBe('已证实');
  const words = await page.locator('article').innerText();
  expect(words).toContain('绑定未经单位签署的屏幕\na');
  expect(words).toContain('绑定未经任何单位签署');
  expect((await saved(page, '#save-json')).text).toBe(await byCommand(files));
});

test('[VP5] what is wrong with a policy is said with its line, and is no verdict', async () => {
  const page = await open('zh-CN');
  const files = await townFiles();
  await writeFile(files.policy, '# 日志\nlog <b>nothing</b>\nquorum none');
  expect(await give(page, files)).toBe('未能核验');
  expect(await page.locator('main').innerText()).toContain('核验规则第 2 行有误：log <b>nothing</b>');
  expect(await page.locator('article').count()).toBe(0);
});

test('[VP5] a browser that lacks Ed25519 says so', async () => {
  const page = await open('en-GB');
  // What a page over plain HTTP from another machine has: no subtle at all.
  await page.evaluate(() => {
    const whole = window.Worker;
    const lacking = "Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined });";
    window.Worker = class extends whole {
      constructor() {
        const script = document.querySelector('body > script')?.textContent ?? '';
        super(URL.createObjectURL(new Blob([lacking, script])));
      }
    };
  });
  expect(await give(page, await townFiles())).toBe('Could not be checked');
  expect(await page.locator('main').innerText()).toContain('does not verify Ed25519');
});

test('[VP7] both files dropped at once, or chosen by keyboard alone', async () => {
  const page = await open('zh-CN');
  const files = await townFiles();
  const given = await Promise.all([files.policy, files.bundle].map((file) => readFile(file, 'base64')));
  const dropped = await page.evaluateHandle((texts) => {
    const transfer = new DataTransfer();
    for (const [k, text] of texts.entries()) {
      transfer.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], `file-${k}`));
    }
    return transfer;
  }, given);
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: dropped });
  expect(await page.locator('body').getAttribute('data-drop')).toBe('松开即可放入文件');
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
  await page.getByRole('heading', { name: '已证实' }).waitFor();
  expect(await page.locator('body').getAttribute('data-drop')).toBeNull();
  expect(await page.locator('.v-field').first().innerText()).toContain('file-1');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('verdict');

  const fresh = await open('en-GB');
  const stops: string[] = [];
  for (let k = 0; k < 4; k += 1) {
    await fresh.keyboard.press('Tab');
    stops.push(await fresh.evaluate(() => document.activeElement?.id ?? ''));
  }
  expect(stops).toEqual(['language-zh-CN', 'language-en', 'bundle', 'policy']);
  const chooser = fresh.waitForEvent('filechooser');
  // A round trip: the browser has heard that choosers are waited for.
  await fresh.evaluate(() => document.readyState);
  await fresh.keyboard.press('Space');
  await (await chooser).setFiles(files.policy);
  expect(await fresh.locator('.v-field').last().innerText()).toContain('policy.txt');
  expect(await fresh.evaluate(() => document.activeElement?.id)).toBe('policy');
});

test('[VP8] on paper every screen is open, and there is nothing to press', async () => {
  const page = await open('zh-CN');
  await give(page, await townFiles({}, '2027-08-31'));
  // More dates than are drawn before somebody asks for them.
  expect(await page.locator('table').count()).toBe(0);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('table').isVisible()).toBe(true);
  expect(await page.locator('tbody tr').count()).toBe(427);
  for (const control of ['.v-files', '.v-actions', '.v-languages']) {
    expect([control, await page.locator(control).isVisible()]).toEqual([control, false]);
  }
  expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
});

test('[VP6] the page stays at hand while it checks: progress is shown, and stopping leaves no verdict', async () => {
  const page = await open('zh-CN');
  const files = await townFiles();
  // The worker is held up before it answers, as by a bundle of many segments.
  await page.evaluate(() => {
    const whole = window.Worker;
    window.Worker = class extends whole {
      constructor() {
        super(
          URL.createObjectURL(new Blob(["self.onmessage = () => self.postMessage({ type: 'share', share: 0.4 })"])),
        );
      }
      override terminate(): void {
        document.body.dataset.ended = String(Number(document.body.dataset.ended ?? 0) + 1);
        super.terminate();
      }
    };
  });
  const ended = (): Promise<string | null> => page.locator('body').getAttribute('data-ended');
  await page.setInputFiles('#bundle', files.bundle);
  await page.setInputFiles('#policy', files.policy);
  await page.waitForFunction(() => document.querySelector('progress')?.value === 0.4);
  await page.getByRole('button', { name: 'English' }).click();
  expect(await page.getByRole('progressbar').getAttribute('value')).not.toBe('0');
  await page.setInputFiles('#policy', files.policy);
  expect(await ended()).toBe('1');
  await page.getByRole('button', { name: 'Stop' }).click();
  expect(await ended()).toBe('2');
  expect(await page.locator('progress, #verdict').count()).toBe(0);
});
