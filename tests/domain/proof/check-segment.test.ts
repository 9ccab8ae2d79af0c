/** What a segment must be by itself, whoever checks it. */
import { describe, expect, test } from 'vitest';
import { checkSegment, type SegmentFault } from '../../../domain/proof/check-segment.ts';
import { bodyLines, headerHash, recordsRoot, type SegmentHeader } from '../../../domain/proof/segment.ts';
import { readHeader } from '../../../protocol/read-header.ts';
import { readRecordLine } from '../../../protocol/read-record-line.ts';
import { publicKeyOf, verifyText } from '../../../server/ingest/verify-segment.ts';
import { sha256 } from '../../../server/sha256.ts';
import { CHAIN_PROGRAM } from '../../helpers/chain-builder.ts';
import { bootRecord, playRecord } from '../../helpers/plays.ts';
import { emptyJournal, newDeviceKey, nextSegment, type Unnumbered } from '../../helpers/test-device.ts';

const key = newDeviceKey();
const OWNER = { device: key.id, screen: 'screen-a' };

const boot = (monoMs: number): Unnumbered => ({ ...bootRecord(0), m0: monoMs, m1: monoMs });
const mode = (m0: number, m1 = m0): Unnumbered => ({
  ...{ kind: 'mode', t0: 0, t1: 0, m0, m1 },
  ...{ reason: 'open', evidence: {} },
});
const play = (m0: number, m1 = m0 + 30_000): Unnumbered =>
  playRecord(
    CHAIN_PROGRAM,
    { item: 'film-c1', commitment: 'c1', date: '2026-07-01', atMs: m0, monoMs: m0, durationMs: 30_000 },
    { m1 },
  );
const RECORDS = [boot(5), play(5), play(30_005)];

type Header = (header: SegmentHeader) => SegmentHeader;
const same: Header = (header) => header;

const sealed = (records: readonly Unnumbered[] = RECORDS, change = same) =>
  nextSegment(emptyJournal(), key, OWNER.screen, null, records, change);

/** A segment of other lines than records make, with count and root of those. */
function ofLines(change: (lines: string[]) => string[]) {
  const lines = change(bodyLines(sealed().body));
  const segment = sealed(RECORDS, (header) => ({ ...header, count: lines.length, root: recordsRoot(lines, sha256) }));
  return { ...segment, body: lines.map((line) => `${line}\n`).join('') };
}

const check = (segment: ReturnType<typeof sealed>) =>
  checkSegment(segment, OWNER, {
    sha256,
    readHeader,
    readRecord: readRecordLine,
    verify: (text, signature) => verifyText(text, signature, publicKeyOf(key.publicKey)),
  });

async function faultOf(segment: ReturnType<typeof sealed>): Promise<SegmentFault | null> {
  const checked = await check(segment);
  return checked.ok ? null : checked.error.fault;
}

test('[G5] a sound segment is given with its header, its lines and its records', async () => {
  const segment = sealed();
  expect(await check(segment)).toEqual({
    ok: true,
    value: {
      header: readHeader(segment.header),
      hash: headerHash(segment.header, sha256),
      lines: bodyLines(segment.body),
      records: RECORDS.map((record, seq) => ({ ...record, seq })),
    },
  });
});

describe('a segment is refused', () => {
  const signature = Buffer.alloc(64, 1).toString('base64');
  test.each<[string, SegmentFault, ReturnType<typeof sealed>]>([
    ['of another device', 'device-foreign', sealed(RECORDS, (header) => ({ ...header, device: 'f'.repeat(64) }))],
    ['of another screen', 'screen-foreign', sealed(RECORDS, (header) => ({ ...header, screen: 'screen-b' }))],
    ['signed by nobody', 'signature-wrong', { ...sealed(), signature }],
    ['with a record more than it says', 'count-wrong', sealed(RECORDS, (header) => ({ ...header, count: 2 }))],
    ['with a record less than it says', 'count-wrong', sealed(RECORDS, (header) => ({ ...header, count: 4 }))],
    ['with another root', 'root-wrong', sealed(RECORDS, (header) => ({ ...header, root: '0'.repeat(64) }))],
    ['with a line that is no record', 'record-malformed', ofLines(([line = '']) => [line, '{}'])],
    ['with a record in another spelling', 'record-malformed', ofLines((lines) => lines.map((line) => ` ${line}`))],
    ['with its records in another order', 'seq-wrong', ofLines(([a = '', b = '', c = '']) => [a, c, b])],
    ['with a record twice', 'seq-wrong', ofLines(([a = '', b = '']) => [a, b, b])],
    ['whose records begin later than it says', 'seq-wrong', sealed(RECORDS, (header) => ({ ...header, firstSeq: 1 }))],
  ])('[G5] %s', async (_, fault, segment) => {
    const { header } = segment;
    const error = { fault, hash: headerHash(header, sha256), header: readHeader(header) };
    expect(await check(segment)).toEqual({ ok: false, error });
  });

  test('[G5] whose header cannot be read, and has no place then', async () => {
    const segment = { ...sealed(), header: '{}' };
    const error = { fault: 'header-malformed', hash: headerHash('{}', sha256), header: null };
    expect(await check(segment)).toEqual({ ok: false, error });
  });
});

describe('by the monotonic clock', () => {
  test.each<[string, Unnumbered[]]>([
    ['plays may follow each other without a pause', [play(0), play(30_000)]],
    ['a play may begin with its boot', [boot(7), play(7)]],
    ['a boot begins anew', [play(90_000), boot(0), play(0)]],
    ['what is no play may stand within one', [play(0), mode(10), mode(5), play(30_000)]],
    ['a record may take no time', [mode(10, 10)]],
  ])('[G5] %s', async (_, records) => expect(await faultOf(sealed(records))).toBeNull());

  test.each<[string, Unnumbered[]]>([
    ['no play begins before the one before has ended', [play(0), play(29_999)]],
    ['nor before its boot', [boot(7), play(6)]],
    ['nor, after other records, within a play before those', [play(0), mode(30_000), play(29_999)]],
    ['no record ends before it begins', [mode(10, 9)]],
    ['nor does a play', [play(10, 9)]],
  ])('[G5] %s', async (_, records) => expect(await faultOf(sealed(records))).toBe('time-disordered'));
});
