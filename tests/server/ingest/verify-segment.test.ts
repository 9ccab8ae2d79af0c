/** What the server makes of a received segment, before the ledger sees it. */
import { describe, expect, test } from 'vitest';
import { bodyLines, headerHash, segmentSigningText } from '../../../domain/proof/segment.ts';
import { publicKeyOf, verifySegment, verifyText } from '../../../server/ingest/verify-segment.ts';
import { sha256 } from '../../../server/sha256.ts';
import { CHAIN_PROGRAM, CHAIN_PROGRAM_HASH, shaOf } from '../../helpers/chain-builder.ts';
import { bootRecord, playRecord } from '../../helpers/plays.ts';
import { emptyJournal, newDeviceKey, nextSegment, type Unnumbered } from '../../helpers/test-device.ts';

const key = newDeviceKey();
const sender = { device: key.id, screen: 'screen-a', publicKey: key.publicKey };
const DATE = '2026-07-01';
const START_MS = 1_782_864_000_000;

const play = (atMs: number): Unnumbered =>
  playRecord(CHAIN_PROGRAM, {
    ...{ item: 'film-c1', commitment: 'c1', date: DATE, durationMs: 30_000 },
    ...{ atMs: START_MS + atMs, monoMs: atMs },
  });
const close: Unnumbered = {
  ...{ kind: 'dayclose', t0: START_MS + 50_000, t1: START_MS + 50_000, m0: 60_000, m1: 60_000, reason: 'closed' },
  evidence: { date: DATE, plays: { c1: 2 }, makeGoods: { c1: 1 }, short: { c2: 'player-down' } },
};
/** The clock was set back by ten seconds before the last record. */
const RECORDS = [play(0), play(30_000), close];

const sealed = (program: string | null = CHAIN_PROGRAM_HASH, journal = emptyJournal()) =>
  nextSegment(journal, key, sender.screen, program, RECORDS);
const stored = async (hash: string) => (hash === CHAIN_PROGRAM_HASH ? CHAIN_PROGRAM : null);

describe('a segment that holds', () => {
  test('[G5] goes to the ledger with its place, its texts, the span of its records and what they add up to', async () => {
    const journal = { ...emptyJournal(), epoch: 3, segment: 5, seq: 40, prev: 'a'.repeat(64) };
    const segment = sealed(CHAIN_PROGRAM_HASH, journal);
    expect(await verifySegment(segment, sender, stored, 9)).toEqual({
      ok: true,
      value: {
        programMissing: null,
        segment: {
          ...segment,
          ...{ device: key.id, screen: 'screen-a', epoch: 3, segment: 5, firstSeq: 40, count: 3 },
          ...{ hash: headerHash(segment.header, sha256), prev: 'a'.repeat(64), receivedAtMs: 9 },
          ...{ firstAtMs: START_MS, lastAtMs: START_MS + 60_000 },
          deltas: [{ date: DATE, commitment: 'c1', plays: 2, makeGoods: 0, airtimeMs: 60_000 }],
          dayCloses: [
            {
              record: shaOf(bodyLines(segment.body)[2] ?? ''),
              ...{ date: DATE, plays: { c1: 2 }, short: { c2: 'player-down' } },
            },
          ],
        },
      },
    });
  });

  test('[G6] [G10] of a program that is not here counts nothing and names it; without a program nothing is missing', async () => {
    const hash = 'b'.repeat(64);
    const verdict = await verifySegment(sealed(hash), sender, stored, 9);
    expect(verdict).toMatchObject({ ok: true, value: { programMissing: hash, segment: { deltas: [] } } });
    const without = await verifySegment(sealed(null), sender, () => Promise.reject(new Error('asked for')), 9);
    expect(without).toMatchObject({ ok: true, value: { programMissing: null, segment: { deltas: [] } } });
  });
});

describe('a segment that does not hold', () => {
  test('[G5] is kept under the place that its header names, with its texts and the reason', async () => {
    const journal = { ...emptyJournal(), epoch: 3, segment: 5, seq: 40, prev: 'a'.repeat(64) };
    const spoiled = { ...sealed(null, journal), body: 'x\n' };
    const place = { device: key.id, epoch: 3, segment: 5, firstSeq: 40, count: 3 };
    const hash = headerHash(spoiled.header, sha256);
    const error = { ...place, ...spoiled, hash, receivedAtMs: 9, reason: 'count-wrong' };
    expect(await verifySegment(spoiled, sender, stored, 9)).toEqual({ ok: false, error });
  });

  test('[G5] is kept under no place where its header names none', async () => {
    const spoiled = { ...sealed(), header: 'x' };
    const place = { device: key.id, epoch: -1, segment: -1, firstSeq: 0, count: 0 };
    const error = { ...place, ...spoiled, hash: shaOf('x'), receivedAtMs: 9, reason: 'header-malformed' };
    expect(await verifySegment(spoiled, sender, stored, 9)).toEqual({ ok: false, error });
  });
});

describe('a signature', () => {
  test('[G5] stands for its text alone, and in one spelling', () => {
    const { header, signature } = sealed();
    const text = segmentSigningText(header);
    const publicKey = publicKeyOf(key.publicKey);
    expect(verifyText(text, signature, publicKey)).toBe(true);
    expect(verifyText(`${text} `, signature, publicKey)).toBe(false);
    expect(verifyText(text, `${signature}\n`, publicKey)).toBe(false);
    expect(verifyText(text, signature.replaceAll('=', ''), publicKey)).toBe(false);
  });

  test('[G5] of a sender is checked by his key, not by that of one before', async () => {
    const segment = sealed();
    const rival = newDeviceKey();
    expect(await verifySegment(segment, sender, stored, 9)).toMatchObject({ ok: true });
    expect(await verifySegment(segment, { ...sender, publicKey: rival.publicKey }, stored, 9)).toMatchObject({
      ok: false,
      error: { reason: 'signature-wrong' },
    });
  });

  test.each([31, 33, 0])('[G5] a public key of %i bytes is none', (bytes) => {
    expect(() => publicKeyOf(Buffer.alloc(bytes, 1).toString('base64'))).toThrow('32 bytes');
  });
});

test('[G5] a boot alone is a segment too', async () => {
  const segment = nextSegment(emptyJournal(), key, sender.screen, null, [bootRecord(START_MS)]);
  const verdict = await verifySegment(segment, sender, stored, 9);
  expect(verdict).toMatchObject({ ok: true, value: { segment: { dayCloses: [], firstAtMs: START_MS } } });
});
