/** A unit's key, the enrolments it may sign, and its signatures in the log. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkEndorsement } from '../../../domain/proof/endorsement.ts';
import { logEntryText } from '../../../domain/proof/log-entry.ts';
import { formatVkey, KEY_TYPES, noteKey } from '../../../domain/tlog/signed-note.ts';
import { enrolmentPageSchema } from '../../../protocol/http/enrolment-api.ts';
import { readEntryOf } from '../../../protocol/log-entry.ts';
import { sha256 } from '../../../server/sha256.ts';
import type { SigningKey } from '../../../server/tlog/key-files.ts';
import { verifyByNode } from '../../../server/tlog/raw-keys.ts';
import { signInAs } from '../../helpers/sign-in-as.ts';
import { startTestController, type TestController } from '../../helpers/test-controller.ts';
import { enrolmentOf, signedNote, unitSigner } from '../../helpers/unit-signer.ts';

let server: TestController;
beforeEach(async () => {
  server = await startTestController();
});
afterEach(() => server.close());

const hall = unitSigner();

const register = (unit: string, vkey: string | null): Promise<{ status: number; body: unknown }> =>
  server.api('PUT', `/api/units/${unit}/key`, { vkey });

const send = (...notes: string[]): Promise<{ status: number; body: unknown }> =>
  server.api('POST', '/api/enrolments/signatures', { notes });

/** Binds a device to the screen; gives its entry in the log. */
async function enrol(byte: number, screen = 'screen-1'): Promise<string> {
  const { enrolment, jobs } = server.controller.services;
  const { publicKey } = enrolmentOf(byte);
  const device = await enrolment.redeem(enrolment.tokenFor(screen), publicKey);
  await jobs.run('log-entries');
  return logEntryText(enrolmentOf(byte, { screen, atMs: device?.enrolledAtMs ?? 0 }));
}

async function listed(query = ''): Promise<{ entry: string; unitId: string; signedBy: { name: string }[] }[]> {
  const { body } = await server.api('GET', `/api/enrolments${query}`);
  return enrolmentPageSchema.parse(body).enrolments;
}

async function endorsements(): Promise<string[]> {
  const all = await server.ledger.log.entries(0, 1000);
  return all.filter((entry) => entry.includes('"kind":"endorsement"'));
}

describe('a unit’s key', () => {
  test('[UE5] is registered by an administrator of the unit, and taken away again', async () => {
    const admin = await signInAs(server, { unitId: 'hall', role: 'admin' });
    expect(await admin('PUT', '/api/units/hall/key', { vkey: formatVkey(hall.note) })).toMatchObject({
      status: 200,
      body: { id: 'hall', vkey: formatVkey(hall.note) },
    });
    expect((await admin('PUT', '/api/units/town/key', { vkey: null })).body).toMatchObject({
      error: { code: 'not-allowed' },
    });
    const operator = await signInAs(server, { unitId: 'hall', role: 'operator' });
    expect((await operator('PUT', '/api/units/hall/key', { vkey: null })).status).toBe(403);
    expect((await register('hall', null)).body).not.toHaveProperty('vkey');
    expect((await register('nowhere', null)).status).toBe(404);
  });

  test('[UE5] stays with the unit whatever else of it is changed, and comes by no other way', async () => {
    await register('hall', formatVkey(hall.note));
    const unit = { id: 'hall', name: '新厅', nameEn: null, parentId: 'town' };
    expect((await server.api('PUT', '/api/units/hall', unit)).body).toMatchObject({ vkey: formatVkey(hall.note) });
    const other = { ...unit, vkey: formatVkey(unitSigner('other').note) };
    expect((await server.api('PUT', '/api/units/hall', other)).body).toMatchObject({ vkey: formatVkey(hall.note) });
    await register('hall', null);
    expect((await server.api('PUT', '/api/units/hall', other)).body).not.toHaveProperty('vkey');
  });

  test('[UE5] is a key, and no other unit has it or its name', async () => {
    const vkey = formatVkey(hall.note);
    for (const wrong of [vkey.replace(hall.note.id, '00000000'), vkey.slice(0, -1), `${vkey}A`, 'x', ''])
      expect((await register('hall', wrong)).body, wrong).toMatchObject({
        error: { code: 'bad-request', faults: [{ place: 'vkey' }] },
      });
    await register('hall', vkey);
    expect((await register('town', vkey)).body).toMatchObject({ error: { code: 'conflict' } });
    expect((await register('town', formatVkey(unitSigner().note))).body).toMatchObject({ error: { code: 'conflict' } });
    const renamed = noteKey('town.example', KEY_TYPES.ed25519, hall.note.publicKey, sha256);
    expect((await register('town', formatVkey(renamed))).body).toMatchObject({ error: { code: 'conflict' } });
    expect((await register('hall', formatVkey(unitSigner().note))).status).toBe(200);
  });
});

describe('enrolments', () => {
  test('[UE7] are listed as the log has them, those of former players and removed screens too', async () => {
    const first = await enrol(1);
    server.clock.advance(1000);
    await server.api('DELETE', '/api/screens/screen-1/device');
    const again = await enrol(1);
    expect(await listed()).toEqual([
      { entry: first, unitId: 'hall', screenName: '一号屏', siteName: '大厅', signedBy: [] },
      { entry: again, unitId: 'hall', screenName: '一号屏', siteName: '大厅', signedBy: [] },
    ]);
    expect(await listed('?unit=hall')).toHaveLength(2);
    expect(await listed('?screen=screen-2')).toHaveLength(0);
    await server.api('DELETE', '/api/screens/screen-1');
    expect(await listed('?unit=hall')).toHaveLength(0);
    expect(await listed('?unit=town')).toMatchObject([{ unitId: 'town', screenName: null, siteName: null }, {}]);
  });

  test('[UE7] come page by page, none of them twice', async () => {
    const entries = Array.from({ length: 1203 }, (_, k) => logEntryText(enrolmentOf(1, { atMs: 1_000_000 + k })));
    await server.ledger.log.append(entries);
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const query = after === '' ? '' : `?after=${encodeURIComponent(after)}`;
      const page = enrolmentPageSchema.parse((await server.api('GET', `/api/enrolments${query}`)).body);
      seen.push(...page.enrolments.map(({ entry }) => entry));
      sizes.push(page.enrolments.length);
      after = page.next;
    }
    expect(sizes).toEqual([500, 500, 203]);
    expect(seen).toEqual(entries);
  });

  test('[UE7] are for administrators of the unit', async () => {
    await enrol(1);
    const admin = await signInAs(server, { unitId: 'hall', role: 'admin' });
    expect(enrolmentPageSchema.parse((await admin('GET', '/api/enrolments')).body).enrolments).toHaveLength(1);
    expect((await admin('GET', '/api/enrolments?unit=town')).body).toMatchObject({ error: { code: 'not-allowed' } });
    const operator = await signInAs(server, { unitId: 'hall', role: 'operator' });
    expect((await operator('GET', '/api/enrolments')).status).toBe(403);
  });
});

describe('a signature under an enrolment', () => {
  test('[UE6] is entered into the log once, and verifies there by the policy’s key', async () => {
    await register('hall', formatVkey(hall.note));
    const entry = await enrol(1);
    expect(await send(signedNote(hall, entry))).toMatchObject({ status: 200, body: { entered: 1 } });
    expect(await send(signedNote(hall, entry), signedNote(hall, entry))).toMatchObject({ body: { entered: 0 } });
    const [text, ...more] = await endorsements();
    const endorsement = readEntryOf('endorsement', text ?? '');
    if (!endorsement || more.length > 0) throw new Error('one endorsement');
    expect(await checkEndorsement(endorsement, entry, hall.note, { sha256, verify: verifyByNode })).toBe('signed');
    expect(await listed()).toMatchObject([{ entry, signedBy: [{ name: hall.note.name, id: hall.note.id }] }]);
  });

  test('[UE6] may be by a unit above the screen’s, and by both', async () => {
    const town = unitSigner('town.example');
    await register('hall', formatVkey(hall.note));
    await register('town', formatVkey(town.note));
    const entry = await enrol(1);
    expect(await send(signedNote(town, entry), signedNote(hall, entry))).toMatchObject({ body: { entered: 2 } });
    expect((await listed())[0]?.signedBy.map(({ name }) => name).sort()).toEqual(['hall.example/unit', 'town.example']);
  });

  test.each<[string, string, (entry: string) => string]>([
    ['of an enrolment that the log has not', 'not-found', () => signedNote(hall, logEntryText(enrolmentOf(1)))],
    ['by a key that nobody registered', 'not-found', (entry) => signedNote(unitSigner('rival'), entry)],
    ['by another key of the registered name', 'not-found', (entry) => signedNote(unitSigner(), entry)],
    ['that claims the id of the registered key', 'proof-of-key-failed', (entry) => signedNote(posing(), entry)],
    ['over something else', 'bad-request', (entry) => signedNote(hall, entry, `${entry}\n`)],
    ['that is none', 'bad-request', (entry) => entry],
  ])('[UE6] %s is refused, and the sound one beside it is not entered either', async (_, code, forged) => {
    await register('hall', formatVkey(hall.note));
    const entry = await enrol(1);
    server.clock.advance(1000);
    await server.api('DELETE', '/api/screens/screen-1/device');
    const other = await enrol(2);
    expect((await send(signedNote(hall, other), forged(entry))).body).toMatchObject({ error: { code } });
    expect(await endorsements()).toEqual([]);
  });

  test('[UE6] is sent by an administrator whose unit the screen is of', async () => {
    const town = unitSigner('town.example');
    await register('town', formatVkey(town.note));
    await server.api('PUT', '/api/units/bus', { id: 'bus', name: '公交', nameEn: null, parentId: 'town' });
    const note = signedNote(town, await enrol(1));
    const stranger = await signInAs(server, { unitId: 'bus', role: 'admin' });
    expect((await stranger('POST', '/api/enrolments/signatures', { notes: [note] })).body).toMatchObject({
      error: { code: 'not-allowed' },
    });
    const admin = await signInAs(server, { unitId: 'hall', role: 'admin' });
    expect((await admin('POST', '/api/enrolments/signatures', { notes: [note] })).status).toBe(200);
  });

  test('[UE10] is what the screen’s page tells: none, unsigned, signed, and unsigned again by a new key or player', async () => {
    const status = async (): Promise<unknown> => (await server.api('GET', '/api/screens/screen-1/endorsement')).body;
    expect(await status()).toEqual({ kind: 'none' });
    const entry = await enrol(1);
    expect(await status()).toEqual({ kind: 'none' });
    await register('town', formatVkey(unitSigner('town.example').note));
    expect(await status()).toEqual({ kind: 'unsigned', unitId: 'town' });
    await register('hall', formatVkey(hall.note));
    expect(await status()).toEqual({ kind: 'unsigned', unitId: 'hall' });
    await send(signedNote(hall, entry));
    expect(await status()).toEqual({ kind: 'signed', unitId: 'hall' });
    await register('hall', formatVkey(unitSigner().note));
    expect(await status()).toEqual({ kind: 'unsigned', unitId: 'hall' });
    await register('hall', formatVkey(hall.note));
    server.clock.advance(1000);
    await server.api('DELETE', '/api/screens/screen-1/device');
    expect(await status()).toEqual({ kind: 'none' });
    await enrol(1);
    expect(await status()).toEqual({ kind: 'unsigned', unitId: 'hall' });
    const stranger = await signInAs(server, { unitId: 'hall', role: 'viewer' });
    expect((await stranger('GET', '/api/screens/screen-1/endorsement')).status).toBe(200);
  });
});

/** A key that bears the name and id of the hall’s and is another. */
function posing(): SigningKey {
  return { note: hall.note, privateKey: unitSigner().privateKey };
}
