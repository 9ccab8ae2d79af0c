/** `xunbo check` as a person at a terminal sees it. */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runCheck } from '../../cli/check.ts';
import { SOUND_FILES, writeContentFolder } from '../server/content/content-folder.ts';

async function check(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCheck(argv, { stdout, stderr });
  return { code, stdout: await text(stdout.end()), stderr: await text(stderr.end()) };
}

const SAMPLE = join(import.meta.dirname, '../../playlists');

test('[F5] the sample is sound, and so is each of its files', async () => {
  expect(await check(SAMPLE)).toEqual({ code: 0, stdout: `${SAMPLE}: 0 faults, 0 warnings\n`, stderr: '' });
  expect((await check(join(SAMPLE, 'demo.campaign.json'), join(SAMPLE, 'library.json'))).code).toBe(0);
});

test('[F6] each fault is one line with file, place, value and what is allowed', async () => {
  const { folder, remove } = writeContentFolder({
    'drive.campaign.json': {
      ...SOUND_FILES['drive.campaign.json'],
      state: 'on',
      dayParts: [{ from: '20:00', to: '21:00' }],
    },
    'loop.playlist.json': '{ "id": }',
  });
  const { code, stdout, stderr } = await check(folder);
  expect(code).toBe(1);
  expect(stdout).toBe(`${folder}: 2 faults, 0 warnings\n`);
  expect(stderr.split('\n')).toEqual([
    `${folder}/drive.campaign.json: state: "on", allowed: one of draft, live, ended`,
    `${folder}/loop.playlist.json: 1:9: "}", allowed: a value: text in double quotes, a number, true, false, null, [ or {`,
    '',
  ]);
  const one = await check(join(folder, 'loop.playlist.json'));
  expect(one.stderr.trim().split('\n')).toHaveLength(1);
  expect((await check(join(folder, 'library.json'))).code).toBe(0);
  remove();
});

test('[F13] warnings are told and do not count', async () => {
  const drive = { ...SOUND_FILES['drive.campaign.json'], dayParts: [{ from: '20:00', to: '21:00' }] };
  const { folder, remove } = writeContentFolder({ 'drive.campaign.json': drive });
  const { code, stderr } = await check(folder);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^warning: .*drive\.campaign\.json: dayParts\[0\]: .*opening hours of s1/);
  remove();
});

test('[F1] help, and words that name nothing to check', async () => {
  expect(await check('--help')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Exit codes') });
  expect(await check()).toMatchObject({ code: 1, stderr: expect.stringContaining('needs a FILE or FOLDER') });
  expect(await check('--all')).toMatchObject({ code: 1, stderr: expect.stringContaining('--all') });
  expect(await check('/nowhere')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('/nowhere: (whole): missing'),
  });
  expect(await check(join(SAMPLE, 'README.md'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('organisation.json'),
  });
});
