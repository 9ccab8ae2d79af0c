/** Builds the verifier's page (renderer/verify) to dist/verify/xunbo-verify.html: one file that loads nothing. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { version }: { version: string } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));

const sourceHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded but the icon, which the page carries; the worker is the page's own script again. */
const policyFor = (script: string, style: string): string =>
  [
    "default-src 'none'",
    `script-src ${sourceHash(script)}`,
    `style-src ${sourceHash(style)}`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** Puts script and style into the page, and their hashes into its policy. */
const oneFile: Plugin = {
  name: 'xunbo:one-file',
  enforce: 'post',
  generateBundle(_, bundle) {
    const files = Object.values(bundle);
    const page = files.find((file) => file.fileName.endsWith('.html'));
    const script = files.find((file) => file.type === 'chunk');
    const style = files.find((file) => file.fileName.endsWith('.css'));
    if (page?.type !== 'asset' || !script || style?.type !== 'asset' || files.length !== 3) {
      throw new Error(`the page is to be one script and one style, not ${files.map(({ fileName }) => fileName)}`);
    }
    const [code, css] = [script.code.trim(), String(style.source).trim()];
    if (/<\/script|<!--/i.test(code) || /<\/style/i.test(css))
      throw new Error('the script or style would end its element');
    page.source = String(page.source)
      .replace(/\s*<script type="module".*?<\/script>/, '')
      .replace(/\s*<link rel="stylesheet".*?>/, () => `\n    <style>${css}</style>`)
      .replace('content="default-src \'none\'"', () => `content="${policyFor(code, css)}"`)
      .replace('</body>', () => `<script>${code}</script>\n  </body>`);
    page.fileName = 'xunbo-verify.html';
    delete bundle[script.fileName];
    delete bundle[style.fileName];
  },
};

export default defineConfig({
  root: `${folder}renderer/verify`,
  base: './',
  plugins: [oneFile],
  define: { XUNBO_VERSION: JSON.stringify(version) },
  build: {
    outDir: `${folder}dist/verify`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 100_000,
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: { output: { format: 'iife', codeSplitting: false } },
  },
});
