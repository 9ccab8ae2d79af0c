/** A file that is uploaded in parts becomes a media that says what is in it and how it is shown, or is refused and leaves nothing. */
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestController, type TestController } from '../helpers/test-controller.ts';

let server: TestController;
beforeEach(async () => {
  server = await startTestController();
});
afterEach(() => server.close());

/** An upload in one go by tus 1.0; gives the last answer. */
async function upload(bytes: Buffer, filename: string, unitId = 'town'): Promise<{ status: number; body: unknown }> {
  const metadata = Object.entries({ filename, name: filename, unitId })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  const tus = { cookie: server.cookie, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${server.url}/api/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  });
  const location = created.headers.get('location');
  if (created.status !== 201 || location === null) return { status: created.status, body: await created.json() };
  const half = Math.floor(bytes.length / 2);
  const patch = (offset: number, part: Buffer): Promise<Response> =>
    fetch(new URL(location, server.url), {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(part),
    });
  await patch(0, bytes.subarray(0, half));
  const answer = await patch(half, bytes.subarray(half));
  return { status: answer.status, body: await answer.json() };
}

test('[U1] an upload in two parts becomes a media with its duration, and its bytes come back', async () => {
  const film = await readFile('playlists/media/film-tenant-declare.mp4');
  const { status, body } = await upload(film, '租客.mp4');
  expect(status).toBe(200);
  expect(body).toMatchObject({ type: 'video', width: 1280, height: 720, durationMs: 12_000, name: '租客.mp4' });
  const { id } = body as { id: string };
  const content = await fetch(`${server.url}/api/media/${id}/content`, {
    headers: { cookie: server.cookie, range: 'bytes=0-9' },
  });
  expect([content.status, content.headers.get('content-type'), (await content.arrayBuffer()).byteLength]).toEqual([
    206,
    'video/mp4',
    10,
  ]);
  const still = await fetch(`${server.url}/api/media/${id}/still`, { headers: { cookie: server.cookie } });
  expect([still.status, still.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect((await upload(film, 'again.mp4')).body).toMatchObject({ id });
});

test('[U2] a broken file is refused by name, and nothing of it stays', async () => {
  const film = await readFile('playlists/media/film-tenant-declare.mp4');
  const broken = await upload(film.subarray(0, 200_000), 'cut.mp4');
  expect(broken).toMatchObject({ status: 422, body: { error: { code: 'media-unreadable' } } });
  expect((await upload(Buffer.from('no film at all'), 'film.mp4')).status).toBe(422);
  expect((await server.api('GET', '/api/media')).body).toEqual([]);
});

test('[U3] an upload cut off in the middle can be gone on with', async () => {
  const poster = await readFile('playlists/media/poster-home-visit-portrait.png');
  const metadata = `filename ${btoa('a.png')},unitId ${btoa('town')}`;
  const tus = { cookie: server.cookie, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${server.url}/api/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(poster.length), 'upload-metadata': metadata },
  });
  const location = new URL(created.headers.get('location') ?? '', server.url);
  await new Promise<void>((resolve) => {
    const cut = request(location, {
      method: 'PATCH',
      headers: {
        ...tus,
        'upload-offset': 0,
        'content-type': 'application/offset+octet-stream',
        'content-length': poster.length,
      },
    });
    cut.on('error', () => resolve());
    cut.on('close', () => resolve());
    cut.write(poster.subarray(0, 100_000), () => cut.destroy());
  });
  const head = async (): Promise<number> => {
    const answer = await fetch(location, { method: 'HEAD', headers: tus });
    return Number(answer.headers.get('upload-offset'));
  };
  let offset = await head();
  let answer: Response;
  do {
    offset = await head();
    answer = await fetch(location, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(poster.subarray(offset)),
    });
  } while (answer.status === 423 || answer.status === 409);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ type: 'image', width: 1080, height: 1920 });
});

test('[CC33] how an image is shown is changed with its names, and stays where only these are sent', async () => {
  const { body } = await upload(await readFile('playlists/media/poster-home-visit-portrait.png'), '海报.png');
  const { id } = body as { id: string };
  expect(body).toMatchObject({ fit: 'contain', pan: false });
  const change = (sent: unknown) => server.api('PATCH', `/api/media/${id}`, sent);
  const changed = await change({ name: '海报', nameEn: null, fit: 'cover', pan: true });
  expect(changed).toMatchObject({ status: 200, body: { name: '海报', fit: 'cover', pan: true } });
  expect(await change({ name: '新海报' })).toMatchObject({ body: { name: '新海报', fit: 'cover', pan: true } });
  expect(await change({ name: '海报', fit: 'stretch' })).toMatchObject({
    status: 400,
    body: { error: { faults: [{ place: 'fit' }] } },
  });
});
