/** The Debian package, put together by dpkg-deb instead of fpm out of what electron-builder asks for. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { electronExecutable } from '../../cli/player-shell.ts';
import { packagePlayer } from '../helpers/packaged-player.ts';

const electron = electronExecutable(process.env);
const STAND_IN = fileURLToPath(new URL('../helpers/fpm-by-dpkg.ts', import.meta.url));
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8')));
const canRun = electron !== null && existsSync('/usr/bin/dpkg-deb');

describe.skipIf(!canRun)('Debian package (skipped where no Electron or no dpkg is)', () => {
  const out = mkdtempSync(join(tmpdir(), 'xunbo-deb-out-'));
  const root = join(out, 'root');
  let deb = '';

  beforeAll(async () => {
    const fpm = join(out, 'fpm');
    writeFileSync(fpm, `#!/bin/sh\nexec '${process.execPath}' '${STAND_IN}' "$@"\n`);
    chmodSync(fpm, 0o755);
    await packagePlayer({ out, electron: electron ?? '', targets: ['deb'], env: { CUSTOM_FPM_PATH: fpm } });
    deb = join(out, `xunbo-player-${version}-linux-amd64.deb`);
    execFileSync('dpkg-deb', ['--raw-extract', deb, root]);
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test('[IN4] it brings program, start script, service, settings and session, and asks for what they need', () => {
    const field = (name: string): string =>
      execFileSync('dpkg-deb', ['--field', deb, name], { encoding: 'utf8' }).trim();
    expect([field('Package'), field('Version'), field('Architecture')]).toEqual(['xunbo-player', version, 'amd64']);
    expect(field('Depends').split(', ')).toEqual(
      expect.arrayContaining(['cage', 'xwayland', 'fonts-noto-cjk', 'systemd', 'adduser']),
    );
    expect(field('Recommends')).toBe('imv, feh');
    for (const [file, mode] of [
      ['opt/Xunbo/xunbo-player', 0o755],
      ['opt/Xunbo/resources/launch.sh', 0o755],
      ['opt/Xunbo/resources/behind.sh', 0o755],
      ['opt/Xunbo/resources/no-cursor/default/cursors/left_ptr', 0o644],
      ['opt/Xunbo/resources/app.asar', 0o644],
      ['usr/lib/systemd/system/xunbo-player.service', 0o644],
      ['etc/default/xunbo-player', 0o644],
      ['etc/pam.d/xunbo-player', 0o644],
    ] as const) {
      expect([file, (statSync(join(root, file)).mode & 0o777).toString(8)]).toEqual([file, mode.toString(8)]);
    }
    expect(readFileSync(join(root, 'DEBIAN/conffiles'), 'utf8')).toBe('/etc/default/xunbo-player\n');
  });

  test('[IN4] its scripts are sound, and name no place of the build', () => {
    for (const script of [
      'DEBIAN/postinst',
      'DEBIAN/prerm',
      'DEBIAN/postrm',
      'opt/Xunbo/resources/launch.sh',
      'opt/Xunbo/resources/behind.sh',
    ]) {
      const { status, stderr } = spawnSync('sh', ['-n', join(root, script)], { encoding: 'utf8' });
      expect([script, status, stderr]).toEqual([script, 0, '']);
      expect(readFileSync(join(root, script), 'utf8')).not.toMatch(/\$\{(executable|sanitizedProductName)\}|\/tmp\//);
    }
    expect(readFileSync(join(root, 'opt/Xunbo/resources/apparmor-profile'), 'utf8')).toContain(
      '"{/opt/Xunbo,/var/lib/xunbo/releases/*}/xunbo-player"',
    );
  });

  test.skipIf(!existsSync('/usr/bin/systemd-analyze'))(
    '[IN3] systemd takes the service, and finds it well confined',
    () => {
      // What other packages bring.
      for (const program of ['usr/bin/cage', 'usr/bin/chvt']) {
        mkdirSync(dirname(join(root, program)), { recursive: true });
        writeFileSync(join(root, program), '', { mode: 0o755 });
      }
      const unit = '/usr/lib/systemd/system/xunbo-player.service';
      const verify = spawnSync(
        'systemd-analyze',
        [`--root=${root}`, '--man=no', '--recursive-errors=no', 'verify', unit],
        {
          encoding: 'utf8',
        },
      );
      expect([verify.status, verify.stderr]).toEqual([0, '']);
      const security = spawnSync(
        'systemd-analyze',
        [`--root=${root}`, 'security', '--offline=true', '--no-pager', '--threshold=46', 'xunbo-player.service'],
        {
          encoding: 'utf8',
        },
      );
      expect([security.status, security.stdout.split('\n').at(-2), security.stderr]).toEqual([
        0,
        expect.any(String),
        '',
      ]);
      const text = readFileSync(join(root, unit), 'utf8');
      for (const line of [
        'User=xunbo',
        'Restart=always',
        'WatchdogSec=120',
        'NoNewPrivileges=yes',
        'ProtectSystem=strict',
        'StateDirectory=xunbo',
        'Environment=WLR_LIBINPUT_NO_DEVICES=1 XCURSOR_PATH=/opt/Xunbo/resources/no-cursor',
      ]) {
        expect(text.split('\n')).toContain(line);
      }
    },
  );
});
