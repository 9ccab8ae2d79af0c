/** Takeovers and withdrawals of a whole player before a controller: what survives stops, and what is gone from the disk. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Program } from '../../domain/plan/program.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { type MiniController, startMiniController } from './support/mini-controller.ts';
import { sampleCommitment, sampleProgram } from './support/sample-program.ts';
import { type SocketRig, startSocketPlayer, until } from './support/socket-player.ts';

const NOBODY = 'http://127.0.0.1:9';
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const startPlayer = (server: string, data: string): SocketRig =>
  startSocketPlayer(server, data, (stop) => cleanups.push(stop));

/** Two films of a second, open all day and night; `withdrawn` are left out and named. */
function films(shas: Readonly<Record<string, string>>, bytes: number, withdrawn: readonly string[] = []): Program {
  const left = Object.keys(shas).filter((id) => !withdrawn.includes(id));
  const film = (id: string) => ({
    type: 'video' as const,
    sha: shas[id] ?? '',
    bytes,
    mime: 'video/mp4',
    durationMs: 1000,
    name: id,
  });
  return sampleProgram({
    openingHours: [{ days: sampleCommitment().weekdays, from: '00:00', to: '24:00' }],
    loop: left.map((item) => ({ item, durationMs: 1000 })),
    commitments: [],
    manifest: Object.fromEntries(left.map((id) => [id, film(id)])),
    ...(withdrawn.length > 0 && { withdrawn: Object.fromEntries(withdrawn.map((id) => [id, shas[id] ?? ''])) }),
  });
}

async function playing(
  finals: (shas: Record<string, string>) => Record<string, string> = (shas) => shas,
): Promise<{ mini: MiniController; data: string; shas: Record<string, string>; bytes: number; rig: SocketRig }> {
  const mini = await startMiniController({ sealAfterMs: 1000 });
  cleanups.push(() => mini.close());
  const data = mkdtempSync(join(tmpdir(), 'xunbo-withdrawal-'));
  cleanups.push(() => rmSync(data, { recursive: true, force: true }));
  const bytes = 50_000;
  const shas = finals({ a: mini.addMedia(Buffer.alloc(bytes, 1)), b: mini.addMedia(Buffer.alloc(bytes, 2)) });
  mini.setProgram(films(shas, bytes));
  const rig = startPlayer(mini.url, data);
  await until(() => mini.publicKeys.length > 0, 'hello');
  mini.enrol(mini.publicKeys[0] ?? '', 'screen-1');
  const played = (item: string) => rig.recorded.some((r) => r.kind === 'play' && r.item === item);
  await until(() => played('a') && played('b'), 'both films');
  return { mini, data, shas, bytes, rig };
}

const withdrawnOf = (records: readonly ProofRecord[]) =>
  records.flatMap((r) => (r.kind === 'mode' && r.reason === 'withdrawn' ? [r.evidence] : []));
const settingsOf = (data: string) => JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8'));
const programsIn = (data: string) => readdirSync(join(data, 'programs'));

describe('withdrawn content', () => {
  test('[WD5] it leaves screen, cache and stored programs, is recorded once, and stays away after a start', async () => {
    const { mini, data, shas, bytes, rig } = await playing();
    const next = mini.setProgram(films(shas, bytes, ['a']));
    await until(() => withdrawnOf(rig.recorded).length > 0, 'the record');
    expect(withdrawnOf(rig.recorded)).toEqual([{ subject: 'a', sha: shas.a }]);
    expect(existsSync(join(data, 'media', shas.a ?? ''))).toBe(false);
    expect(existsSync(join(data, 'media', shas.b ?? ''))).toBe(true);
    expect(rig.player.mediaFile(shas.a ?? '')).toBe(null);
    expect(programsIn(data)).toEqual([`${next}.json`, `${next}.json.copy`]);
    await until(() => settingsOf(data).withdrawing.length === 0, 'nothing under way');
    // Another change of the program tells nothing new.
    mini.setProgram({ ...films(shas, bytes, ['a']), loop: [] });
    await until(() => rig.player.status().program !== next, 'the change');
    await rig.stop();
    const again = startPlayer(NOBODY, data);
    await until(() => again.commands.length > 0, 'a stage');
    expect(withdrawnOf([...rig.recorded, ...again.recorded]).length).toBe(1);
    expect(again.blackened()).toBe(0);
  }, 60_000);

  test('[WD5][BD3] a stop between the new program and the deletion leaves nothing behind, nor behind the stage', async () => {
    const { mini, data, shas, bytes, rig } = await playing();
    await rig.stop();
    mini.takeOver(null);
    const old = settingsOf(data);
    // What the disk holds when the power is cut as soon as the new program is in force.
    const program = films(shas, bytes, ['a']);
    const hash = mini.setProgram(program);
    await mini.close();
    const { canonicalJson } = await import('../../domain/proof/canonical-json.ts');
    writeFileSync(join(data, 'programs', `${hash}.json`), canonicalJson(program));
    const withdrawing = [{ item: 'a', sha: shas.a, wasHere: true }];
    writeFileSync(join(data, 'settings.json'), JSON.stringify({ ...old, program: hash, withdrawing }));
    const again = startPlayer(NOBODY, data);
    await until(() => withdrawnOf(again.recorded).length > 0, 'the record');
    expect(existsSync(join(data, 'media', shas.a ?? ''))).toBe(false);
    expect(programsIn(data)).toEqual([`${hash}.json`]);
    expect(again.recorded.some((r) => r.kind === 'play' && r.item === 'a')).toBe(false);
    expect(again.blackened()).toBe(1);
  }, 60_000);

  test('[WD5] bytes that another item of the program shows stay; content that was never here is not recorded', async () => {
    const { mini, data, shas, bytes, rig } = await playing((made) => ({ ...made, twin: made.a ?? '' }));
    const program = films(shas, bytes, ['a']);
    mini.setProgram({ ...program, withdrawn: { ...program.withdrawn, stranger: 'f'.repeat(64) } });
    await until(() => withdrawnOf(rig.recorded).length > 0, 'the record');
    await until(() => settingsOf(data).withdrawing.length === 0, 'nothing under way');
    expect(withdrawnOf(rig.recorded)).toEqual([{ subject: 'a', sha: shas.a }]);
    expect(existsSync(join(data, 'media', shas.twin ?? ''))).toBe(true);
    await until(() => rig.recorded.some((r) => r.kind === 'play' && r.item === 'twin'), 'its twin');
  }, 60_000);

  test('[WD5] what is restored is fetched and shown again', async () => {
    const { mini, shas, bytes, rig } = await playing();
    mini.setProgram(films(shas, bytes, ['a']));
    await until(() => withdrawnOf(rig.recorded).length > 0, 'the record');
    const before = rig.recorded.length;
    mini.setProgram(films(shas, bytes));
    await until(() => rig.recorded.slice(before).some((r) => r.kind === 'play' && r.item === 'a'), 'the film again');
  }, 60_000);
});

describe('takeovers', () => {
  test('[TK7] after a power cut the message stands before there is any server, and it is forgotten when taken back', async () => {
    const { mini, data, rig } = await playing();
    const takeover = { id: 't1', text: '请疏散', textEn: null, theme: 'red' as const, endsAtMs: Date.now() + 600_000 };
    mini.takeOver(takeover);
    await until(() => mini.statuses.some((status) => status.takeover === 't1'), 'the status');
    expect(rig.recorded.findLast((r) => r.kind === 'play')).toMatchObject({ outcome: 'cut' });
    await until(() => settingsOf(data).takeover?.id === 't1', 'the settings');
    const kept = readFileSync(join(data, 'settings.json'));
    await rig.stop();
    writeFileSync(join(data, 'settings.json'), kept);
    const again = startPlayer(NOBODY, data);
    await until(() => again.commands.some((c) => c.type === 'takeover' && c.message?.text === '请疏散'), 'the message');
    expect(again.commands.filter((c) => c.type === 'prepare')).toEqual([]);
    await again.stop();
    const back = startPlayer(mini.url, data);
    await until(() => mini.statuses.at(-1)?.takeover === 't1' && back.player.status().takeover === 't1', 'the return');
    mini.takeOver(null);
    await until(() => settingsOf(data).takeover === null, 'the end');
    await until(() => back.player.status().state === 'showing', 'the show');
  }, 60_000);

  test('[TK5] one that was ended while the player was away is taken back by the welcome', async () => {
    const { mini, data, rig } = await playing();
    const takeover = { id: 't1', text: '请疏散', textEn: null, theme: 'red' as const, endsAtMs: Date.now() + 600_000 };
    mini.takeOver(takeover);
    await until(() => settingsOf(data).takeover?.id === 't1', 'the settings');
    await rig.stop();
    mini.takeOver(null);
    const back = startPlayer(mini.url, data);
    await until(() => back.player.status().state === 'showing', 'the show');
    expect(back.commands.some((c) => c.type === 'takeover' && c.message === null)).toBe(true);
  }, 60_000);
});
