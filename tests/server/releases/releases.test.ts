/** Releases are told and given only to players that they are offered to, with exactly their bytes. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { welcomeSchema } from '../../../protocol/player-link.ts';
import { addRelease, removeRelease, stageRelease } from '../../../server/releases/add-release.ts';
import { readReleases } from '../../../server/releases/release-index.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { startTestController, type TestController } from '../../helpers/test-controller.ts';
import { connectDevice, newDeviceKey, prove } from '../../helpers/test-device.ts';

const ALL = { percent: 100, screens: [] };
let server: TestController;
let releases: string;
let token: string;
let disconnect: () => void;

beforeEach(async () => {
  server = await startTestController();
  releases = server.controller.services.folder.releases;
  const socket = await connectDevice(server.url);
  const answer = await prove(socket, newDeviceKey(), server.controller.services.enrolment.tokenFor('screen-1'));
  token = welcomeSchema.parse(answer).fetchToken;
  disconnect = () => socket.disconnect();
});
afterEach(async () => {
  disconnect();
  await server.close();
});

/** An archive as electron-builder names it, with some bytes. */
async function archive(version: string, content = version, arch = 'x64'): Promise<string> {
  const path = join(await tempFolder(), `xunbo-player-${version}-linux-${arch}.tar.gz`);
  await writeFile(path, gzipSync(content));
  return path;
}
const get = (path: string, bearer: string | null = token): Promise<Response> =>
  fetch(`${server.url}/player/updates/${path}`, {
    headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
  });

test('[UP2] a connected player is told of the newest release it is offered, and given exactly those bytes', async () => {
  expect((await get('latest-linux.yml')).status).toBe(404);
  await addRelease(releases, await archive('0.2.0'), ALL, 5);
  await addRelease(releases, await archive('0.10.0'), ALL, 6);
  await addRelease(releases, await archive('0.11.0'), { percent: 0, screens: ['other'] }, 7);
  const answer = await get('latest-linux.yml?noCache=1');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const told: { version: string; files: { url: string; sha512: string; size: number }[] } = JSON.parse(
    await answer.text(),
  );
  expect(told.version).toBe('0.10.0');
  const [file] = told.files;
  const bytes = Buffer.from(await (await get(file?.url ?? '')).arrayBuffer());
  expect(createHash('sha512').update(bytes).digest('base64')).toBe(file?.sha512);
  expect(bytes.length).toBe(file?.size);
  expect((await get('latest-linux-arm64.yml')).status).toBe(404);
});

test('[UP2] nobody else is told or given anything, and nothing but releases', async () => {
  await addRelease(releases, await archive('0.2.0'), ALL, 5);
  for (const bearer of [null, '', 'x'.repeat(40)]) {
    expect((await get('latest-linux.yml', bearer)).status).toBe(403);
    expect((await get('xunbo-player-0.2.0-linux-x64.tar.gz', bearer)).status).toBe(403);
  }
  for (const path of ['index.json', '..%2fcatalogue.json', 'xunbo-player-0.3.0-linux-x64.tar.gz', '.']) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
  disconnect();
});

test('[UP1] to whom a release is offered can be changed while the server runs', async () => {
  await addRelease(releases, await archive('0.2.0'), { percent: 0, screens: [] }, 5);
  expect((await get('latest-linux.yml')).status).toBe(404);
  expect(await stageRelease(releases, '0.2.0', { screens: ['screen-1'] })).toBe(1);
  expect((await get('latest-linux.yml')).status).toBe(200);
  expect(await stageRelease(releases, '0.2.0', { screens: [], percent: 100 })).toBe(1);
  expect((await get('latest-linux.yml')).status).toBe(200);
  expect(await stageRelease(releases, '0.9.0', { percent: 100 })).toBe(0);
  expect(await removeRelease(releases, '0.2.0')).toBe(1);
  expect((await get('latest-linux.yml')).status).toBe(404);
  expect((await get('xunbo-player-0.2.0-linux-x64.tar.gz')).status).toBe(404);
});

test('[UP8] a version never changes its bytes; what is no release, and a list that is none, are refused by name', async () => {
  const folder = join(await tempFolder(), 'releases');
  const first = await addRelease(folder, await archive('0.2.0'), ALL, 5);
  expect(await addRelease(folder, await archive('0.2.0'), ALL, 6)).toMatchObject({ sha512: first.sha512 });
  expect(await readReleases(folder)).toHaveLength(1);
  await expect(addRelease(folder, await archive('0.2.0', 'other'), ALL, 7)).rejects.toMatchObject({ kind: 'conflict' });
  const plain = join(await tempFolder(), 'xunbo-player-0.3.0-linux-x64.tar.gz');
  await writeFile(plain, 'no archive');
  await expect(addRelease(folder, plain, ALL, 7)).rejects.toMatchObject({ kind: 'faulty' });
  const misnamed = join(await tempFolder(), 'player.tar.gz');
  await writeFile(misnamed, gzipSync('x'));
  await expect(addRelease(folder, misnamed, ALL, 7)).rejects.toMatchObject({ kind: 'faulty' });
  expect(await readReleases(folder)).toMatchObject([{ version: '0.2.0', percent: 100 }]);
  await writeFile(join(folder, 'index.json'), '{ "format": 1, "releases": [{}] }');
  await expect(readReleases(folder)).rejects.toMatchObject({ kind: 'damaged' });
});
