/** What every command shares: settings by flag or file, each command's own words left alone. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shareSettings } from '../../cli/shared-settings.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test('[X5] every command takes the settings as flags, and keeps its own words', () => {
  const env: NodeJS.ProcessEnv = { XUNBO_DATA: 'from-variable' };
  const words = ['--from', '2026-07-01', '--data', 'from-flag', '--log-level=warn', '--no-player', '--out', 'x.csv'];
  expect(shareSettings('export', words, env)).toEqual({ ok: true, value: ['--from', '2026-07-01', '--out', 'x.csv'] });
  expect(env).toMatchObject({ XUNBO_DATA: 'from-flag', XUNBO_LOG_LEVEL: 'warn', XUNBO_PLAYER: 'false' });
});

test('[X5] the settings file fills what neither flag nor variable gives', async () => {
  const file = join(await tempFolder(), 'xunbo.json');
  await writeFile(file, JSON.stringify({ data: 'from-file', server: 'http://controller:8080' }));
  const env: NodeJS.ProcessEnv = { XUNBO_SETTINGS: file };
  expect(shareSettings('player', ['--data', 'mine'], env)).toEqual({ ok: true, value: ['--data', 'mine'] });
  expect(env).toMatchObject({ XUNBO_SERVER: 'http://controller:8080' });
});

test('[X5] a settings file that cannot be read is told by its name', () => {
  expect(JSON.stringify(shareSettings('plan', ['--settings', '/nowhere.json'], {}))).toContain('/nowhere.json');
});
