/** A whole player before a controller: pairing, playing, storing, and every way the link can fail. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { type MiniController, startMiniController } from './support/mini-controller.ts';
import { sampleCommitment, sampleProgram } from './support/sample-program.ts';
import { type SocketRig, startSocketPlayer, until } from './support/socket-player.ts';

/** What a test gives its makings to, to be cleared away. */
type Finish = (cleanup: () => Promise<void> | void) => void;

async function controller(
  finish: Finish,
  options?: { port?: number; sealAfterMs?: number; shotEveryPlays?: number },
): Promise<MiniController> {
  const mini = await startMiniController(options);
  finish(() => mini.close());
  return mini;
}

function folder(finish: Finish): string {
  const data = mkdtempSync(join(tmpdir(), 'xunbo-player-'));
  finish(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

/** A program of items one second long, open all day and night, so that plays come fast. */
function fastProgram(sha: string, bytes: number) {
  const film = { type: 'video' as const, sha, bytes, mime: 'video/mp4', durationMs: 1000, name: 'film' };
  const card = sampleProgram().manifest.card;
  if (!card) throw new Error('no card');
  return sampleProgram({
    openingHours: [{ days: sampleCommitment().weekdays, from: '00:00', to: '24:00' }],
    loop: [{ item: 'card', durationMs: 1000 }],
    commitments: [sampleCommitment({ minPlays: 10_000, items: [{ item: 'film-a', durationMs: 1000, weight: 1 }] })],
    manifest: { 'film-a': film, card },
  });
}

const plays = (records: readonly ProofRecord[]): ProofRecord[] => records.filter((r) => r.kind === 'play');

async function enrolled(finish: Finish, mini: MiniController, data: string): Promise<SocketRig> {
  const rig = startSocketPlayer(mini.url, data, finish);
  await until(() => mini.publicKeys.length > 0, 'hello');
  await until(() => mini.publicKeys.every((key) => key.length === 44), 'key');
  for (const key of new Set(mini.publicKeys)) mini.enrol(key, 'screen-1');
  return rig;
}

/** A player in the middle of a fast program; `hash` is the program's. */
async function playing(finish: Finish): Promise<SocketRig & { mini: MiniController; hash: string | null }> {
  const mini = await controller(finish, { sealAfterMs: 1000 });
  const film = Buffer.alloc(1000, 1);
  const hash = mini.setProgram(fastProgram(mini.addMedia(film), film.length));
  const rig = await enrolled(finish, mini, folder(finish));
  await until(() => plays(rig.recorded).length > 1, 'plays');
  return { ...rig, mini, hash };
}

describe.concurrent('player and controller over a real socket', () => {
  test('[L1] pairs, fetches program and media, plays, and every record is stored', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const mini = await controller(finish, { sealAfterMs: 1000 });
    const film = Buffer.alloc(300_000, 7);
    mini.setProgram(fastProgram(mini.addMedia(film), film.length));
    const { player, recorded } = await enrolled(finish, mini, folder(finish));
    await until(
      () => mini.records().some((r) => r.kind === 'play' && r.item === 'film-a'),
      'a stored play of the film',
    );
    await player.stop();
    expect(mini.records().filter((r) => r.kind !== 'boot')).toEqual(recorded);
    expect(mini.records().map((r) => r.seq)).toEqual(mini.records().map((_, n) => n));
    expect(mini.statuses.at(-1)?.tally.c1).toBe(
      plays(recorded).filter((r) => r.kind === 'play' && r.commitment === 'c1' && r.outcome === 'complete').length,
    );
  });

  test('[L2] lost acknowledgements, cut connections and a broken transfer: nothing lost, nothing doubled', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const mini = await controller(finish, { sealAfterMs: 1000 });
    const film = Buffer.alloc(300_000, 9);
    const sha = mini.addMedia(film);
    const data = folder(finish);
    const part = join(data, 'media', `${sha}.part`);
    mini.cutMedia = { atByte: 100_000, hasArrived: () => (statSync(part, { throwIfNoEntry: false })?.size ?? 0) > 0 };
    mini.setProgram(fastProgram(sha, film.length));
    let pushes = 0;
    mini.answerWith = () => {
      pushes += 1;
      if (pushes % 3 !== 1) return null;
      mini.kick();
      return 'silence';
    };
    const { player, recorded } = await enrolled(finish, mini, data);
    await until(() => mini.stored.size >= 4 && pushes > 5, 'segments in spite of it', 40_000);
    mini.answerWith = null;
    await until(() => player.status().unsent === 0, 'nothing unsent');
    await player.stop();
    expect(mini.mediaRequests.map((r) => r.range)).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
    const records = mini.records();
    expect(records.map((r) => r.seq)).toEqual(records.map((_, n) => n));
    const keys = plays(records).map((r) => r.t0);
    expect(new Set(keys).size).toBe(keys.length);
    expect(plays(recorded).length - plays(records).length).toBeLessThanOrEqual(2);
  });

  test('[L3] quarantined and refused segments do not keep back good ones', async ({ onTestFinished: finish }) => {
    const mini = await controller(finish, { sealAfterMs: 1000 });
    const film = Buffer.alloc(1000, 1);
    mini.setProgram(fastProgram(mini.addMedia(film), film.length));
    let pushes = 0;
    mini.answerWith = (segment) => {
      pushes += 1;
      if (pushes !== 2) return null;
      // As a server does that keeps it aside under its place in the chain.
      mini.stored.set(`${JSON.parse(segment.header).epoch}/${JSON.parse(segment.header).segment}`, segment);
      return { kind: 'quarantined', hash: 'a'.repeat(64), reason: 'test' };
    };
    const { player } = await enrolled(finish, mini, folder(finish));
    await until(() => mini.stored.size >= 4, 'later segments');
    await until(() => player.status().unsent === 0, 'nothing unsent');
  });

  test('[L4] a fork makes the journal go on in a new epoch', async ({ onTestFinished: finish }) => {
    const mini = await controller(finish, { sealAfterMs: 1000 });
    const film = Buffer.alloc(1000, 1);
    mini.setProgram(fastProgram(mini.addMedia(film), film.length));
    let isForked = false;
    mini.answerWith = (segment) => {
      const { epoch, segment: number } = JSON.parse(segment.header);
      if (isForked || number < 2) return null;
      isForked = true;
      return { kind: 'fork', epoch, segment: number, hash: 'a'.repeat(64) };
    };
    await enrolled(finish, mini, folder(finish));
    await until(
      () => new Set([...mini.stored.keys()].map((k) => k.split('/')[0])).size === 2,
      'a second epoch',
      30_000,
    );
  });

  test('[L5] a server that was set back asks for old segments again and gets them', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const mini = await controller(finish, { sealAfterMs: 1000 });
    const film = Buffer.alloc(1000, 1);
    mini.setProgram(fastProgram(mini.addMedia(film), film.length));
    const { player } = await enrolled(finish, mini, folder(finish));
    await until(() => mini.stored.size >= 3, 'segments');
    const before = new Map(mini.stored);
    mini.stored.clear();
    await until(() => mini.stored.size > before.size, 'all of them again', 30_000);
    for (const [id, segment] of before) expect(mini.stored.get(id)).toEqual(segment);
    await until(() => player.status().unsent === 0, 'nothing unsent');
  });

  test('[L6] a start without a server plays from what is stored, and sends it later', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const data = folder(finish);
    const mini = await startMiniController({ sealAfterMs: 1000 });
    const port = Number(new URL(mini.url).port);
    const film = Buffer.alloc(1000, 1);
    const program = fastProgram(mini.addMedia(film), film.length);
    mini.setProgram(program);
    const first = await enrolled(finish, mini, data);
    await until(() => plays(first.recorded).length > 1, 'plays');
    const [key = ''] = mini.publicKeys;
    await first.player.stop();
    await mini.close();
    expect(first.recorded.at(-1)).toMatchObject({ kind: 'mode', reason: 'stopped' });
    const second = startSocketPlayer(`http://127.0.0.1:${port}`, data, finish);
    await until(() => plays(second.recorded).length > 2, 'plays without a server');
    const again = await controller(finish, { port, sealAfterMs: 1000 });
    again.addMedia(film);
    again.setProgram(program);
    again.enrol(key, 'screen-1');
    await until(() => again.records().filter((r) => r.kind === 'boot').length >= 2, 'both starts', 30_000);
  });

  test('[L7] a player that is retired leaves the screen at once and asks to be paired', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const { mini, player } = await playing(finish);
    mini.retire();
    await until(() => player.status().state === 'no-program', 'no program');
    expect(player.status().program).toBeNull();
  });

  test('[RF4] what is recorded after a release is of another epoch than what was before', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const { mini, player, recorded, hash } = await playing(finish);
    const epochs = (): number[] => [...mini.stored.keys()].map((at) => Number(at.split('/')[0]));
    await until(() => epochs().length > 0, 'a segment');
    const before = Math.max(...epochs());
    mini.retire();
    await until(() => player.status().state === 'no-program', 'no program');
    for (const key of mini.publicKeys) mini.enrol(key, 'screen-2');
    await until(() => player.status().program === hash, 'the program again');
    const count = plays(recorded).length;
    const stored = mini.stored.size;
    await until(() => plays(recorded).length > count + 1 && mini.stored.size > stored + 1, 'more plays');
    expect(Math.max(...epochs())).toBeGreaterThan(before);
  });

  test('[L8] a program whose bytes have another hash is refused and the one before stays', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const { mini, player, recorded, hash } = await playing(finish);
    mini.forgeNextProgram = true;
    mini.setProgram(sampleProgram());
    await until(() => !mini.forgeNextProgram, 'the fetch');
    const count = plays(recorded).length;
    await until(() => plays(recorded).length > count + 1, 'more plays');
    expect(player.status().program).toBe(hash);
  });

  test('[I4][L9] a start after a kill says so, one after an orderly stop does not', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const data = folder(finish);
    const mini = await controller(finish, { sealAfterMs: 1000 });
    const film = Buffer.alloc(1000, 1);
    mini.setProgram(fastProgram(mini.addMedia(film), film.length));
    const first = await enrolled(finish, mini, data);
    await until(() => plays(first.recorded).length > 1, 'plays');
    await first.player.stop();
    const second = startSocketPlayer(mini.url, data, finish);
    await until(() => plays(second.recorded).length > 1, 'plays again');
    // As a kill leaves it: another agent starts while nothing has told of a stop.
    startSocketPlayer(mini.url, data, finish);
    await until(() => mini.records().filter((r) => r.kind === 'boot').length >= 3, 'three starts');
    const boots = mini.records().flatMap((r) => (r.kind === 'boot' ? [r.reason] : []));
    expect(boots.slice(0, 3)).toEqual(['start', 'start', 'recovered']);
  });

  test('[UK2][UK5] pictures of plays are named by their records and come up, as does one that is asked for', async ({
    onTestFinished: finish,
    expect,
  }) => {
    const mini = await controller(finish, { sealAfterMs: 1000, shotEveryPlays: 1 });
    const film = Buffer.alloc(1000, 3);
    mini.setProgram(fastProgram(mini.addMedia(film), film.length));
    const { player, recorded } = await enrolled(finish, mini, folder(finish));
    const named = (): string[] =>
      recorded.flatMap((r) => (r.kind === 'play' && r.evidence.shot ? [r.evidence.shot] : []));
    await until(() => named().length > 0, 'a record that names a picture');
    await until(() => mini.shots.has(named()[0] ?? ''), 'its picture');
    const sent = (): boolean => mini.records().some((r) => r.kind === 'play' && r.evidence.shot === named()[0]);
    await until(sent, 'that record at the server');
    expect(recorded.some((r) => r.kind === 'play' && r.commitment === null && r.evidence.shot)).toBe(false);
    mini.shots.clear();
    const answer = await mini.command({ type: 'screenshot' });
    expect(answer).toEqual({ kind: 'shot', sha: [...mini.shots.keys()][0] });
    expect(await mini.command({ type: 'nonsense' } as never)).toMatchObject({ kind: 'failed' });
    expect(player.status().health?.build).toBe('test-simulated');
  });
});
