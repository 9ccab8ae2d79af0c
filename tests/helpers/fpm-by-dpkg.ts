/**
 * Does what electron-builder asks of fpm for a Debian package, by dpkg-deb: fpm itself is fetched by electron-builder, which a machine without the
 * network cannot. `node fpm-by-dpkg.ts -s dir -t deb …`
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const options = new Map<string, string[]>();
const copies: [string, string][] = [];
const words = process.argv.slice(2);
for (let at = 0; at < words.length; at += 1) {
  const word = words[at] ?? '';
  if (word === '--force') continue;
  const [, name, inline] = /^(-d|-s|-t|--[\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (name !== undefined) options.set(name, [...(options.get(name) ?? []), inline ?? words[++at] ?? '']);
  else copies.push([word.slice(0, word.lastIndexOf('=')), word.slice(word.lastIndexOf('=') + 1)]);
}
const one = (name: string): string => options.get(name)?.[0] ?? '';

const root = mkdtempSync(join(tmpdir(), 'xunbo-deb-'));
try {
  for (const [from, to] of copies) {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(from, join(root, to), { recursive: true });
  }
  const control = join(root, 'DEBIAN');
  mkdirSync(control);
  const fields = {
    Package: one('--name'),
    Version: one('--version'),
    Architecture: one('--architecture'),
    Maintainer: one('--maintainer'),
    Homepage: one('--url'),
    Priority: one('--deb-priority'),
    Depends: (options.get('-d') ?? []).join(', '),
    Recommends: (options.get('--deb-recommends') ?? []).join(', '),
    Description: one('--description').trim().split('\n').join('\n '),
  };
  writeFileSync(
    join(control, 'control'),
    Object.entries(fields)
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(''),
  );
  writeFileSync(join(control, 'conffiles'), (options.get('--config-files') ?? []).map((file) => `${file}\n`).join(''));
  for (const [option, script] of [
    ['--after-install', 'postinst'],
    ['--before-remove', 'prerm'],
    ['--after-remove', 'postrm'],
  ] as const) {
    writeFileSync(join(control, script), readFileSync(one(option)), { mode: 0o755 });
  }
  execFileSync('dpkg-deb', ['-Znone', '--root-owner-group', '--build', root, one('--package')]);
} finally {
  rmSync(root, { recursive: true, force: true });
}
