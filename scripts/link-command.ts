/** Makes `npx xunbo` work in the checkout: npm links the commands of dependencies, not of the package itself. */
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url));

mkdirSync(bin, { recursive: true });
rmSync(`${bin}xunbo`, { force: true });
if (process.platform === 'win32') {
  writeFileSync(`${bin}xunbo.cmd`, '@node "%~dp0\\..\\..\\cli\\xunbo.js" %*\r\n');
} else {
  chmodSync(fileURLToPath(new URL('../cli/xunbo.js', import.meta.url)), 0o755);
  symlinkSync('../../cli/xunbo.js', `${bin}xunbo`);
}
