/** Taking back a program that the server lost: only what was asked for, only what it says to be. */
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../domain/proof/canonical-json.ts';
import { logEntryText } from '../../../domain/proof/log-entry.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { Failure } from '../../../server/failure.ts';
import { takeProgram } from '../../../server/ingest/take-program.ts';
import { silentLog } from '../../../server/log.ts';
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { CHAIN_PROGRAM, CHAIN_PROGRAM_HASH, CHAIN_PROGRAM_TEXT, shaOf } from '../../helpers/chain-builder.ts';
import { faultyLedger } from '../../helpers/faulty-stores.ts';

function rig(lacking: string) {
  const faulty = faultyLedger(createMemoryLedger());
  const warned: unknown[] = [];
  const log = Object.assign(Object.create(silentLog), { warn: (...words: unknown[]) => void warned.push(words) });
  const by = { deviceId: 'device-1', screenId: 'screen-a', lacking: new Set([lacking]) };
  const take = (hash: string, text: unknown, bringer: typeof by | undefined = by): Promise<void> =>
    takeProgram(hash, text, bringer, { ledger: faulty.ledger, log });
  return { ...faulty, by, warned, take };
}

async function failureOf(taking: Promise<void>): Promise<Failure> {
  const thrown = await taking.catch((error: unknown) => error);
  if (!(thrown instanceof Failure)) throw new TypeError(`taken, or failed by ${thrown}`);
  return thrown;
}

describe('a lost program', () => {
  test('[G10] that was asked for is kept once, with who brought it in the log before it', async () => {
    const { take, by, ledger, warned } = rig(CHAIN_PROGRAM_HASH);
    await take(CHAIN_PROGRAM_HASH, CHAIN_PROGRAM_TEXT);
    expect(await ledger.documents.get(CHAIN_PROGRAM_HASH)).toBe(CHAIN_PROGRAM_TEXT);
    expect(await ledger.log.entries(0, 10)).toEqual([
      logEntryText({ kind: 'handover', screen: 'screen-a', device: 'device-1', program: CHAIN_PROGRAM_HASH }),
      logEntryText({ kind: 'program', hash: CHAIN_PROGRAM_HASH }),
    ]);
    expect(by.lacking.size).toBe(0);
    const said = { program: CHAIN_PROGRAM_HASH, screen: 'screen-a' };
    expect(warned).toEqual([[said, expect.stringContaining('lacked')]]);
    expect(await failureOf(take(CHAIN_PROGRAM_HASH, CHAIN_PROGRAM_TEXT))).toMatchObject({ code: 'not-found' });
  });

  test('[G10] that nobody asked for, or nobody known brings, is not taken', async () => {
    const { take, ledger, by } = rig('a'.repeat(64));
    const expected = { code: 'not-found', message: expect.stringContaining(CHAIN_PROGRAM_HASH) };
    expect(await failureOf(take(CHAIN_PROGRAM_HASH, CHAIN_PROGRAM_TEXT))).toMatchObject(expected);
    const nobody = takeProgram(CHAIN_PROGRAM_HASH, CHAIN_PROGRAM_TEXT, undefined, { ledger, log: silentLog });
    expect(await failureOf(nobody)).toMatchObject(expected);
    expect([by.lacking.size, await ledger.log.entries(0, 10)]).toEqual([1, []]);
  });

  const texts: [string, string, RegExp, string][] = [
    ['that is not canonical', ` ${CHAIN_PROGRAM_TEXT}`, /^no program$/, 'program'],
    ['that fits no schema', canonicalJson({ ...CHAIN_PROGRAM, format: 0 }), /^no program$/, 'program.format'],
    [
      'that means nothing',
      canonicalJson({ ...CHAIN_PROGRAM, commitments: CHAIN_PROGRAM.commitments.flatMap((one) => [one, one]) }),
      /^a program that means nothing$/,
      'commitments[1].id',
    ],
  ];
  test.each(texts)('[G10] a text %s is refused, and what is wrong with it told', async (_, text, message, place) => {
    const { take, ledger, by } = rig(shaOf(text));
    const failure = await failureOf(take(shaOf(text), text));
    expect([failure.code satisfies ErrorCode, failure.message]).toEqual([
      'bad-request',
      expect.stringMatching(message),
    ]);
    expect(failure.faults.map((fault) => fault.place)[0]).toContain(place);
    expect([by.lacking.size, await ledger.log.entries(0, 10)]).toEqual([1, []]);
  });

  test('[G10] a text of another hash, and what is no text, are refused', async () => {
    const { take, ledger } = rig(CHAIN_PROGRAM_HASH);
    for (const text of [`${CHAIN_PROGRAM_TEXT} `, CHAIN_PROGRAM, undefined, null]) {
      const failure = await failureOf(take(CHAIN_PROGRAM_HASH, text));
      expect([failure.code, failure.message]).toEqual([
        'bad-request',
        expect.stringContaining(`is not the program ${CHAIN_PROGRAM_HASH}`),
      ]);
    }
    expect(await ledger.documents.get(CHAIN_PROGRAM_HASH)).toBeNull();
  });

  test('[G10] that could not be kept is asked for again', async () => {
    const { take, by, ledger, failNext } = rig(CHAIN_PROGRAM_HASH);
    failNext('not-applied');
    await expect(take(CHAIN_PROGRAM_HASH, CHAIN_PROGRAM_TEXT)).rejects.toThrow('injected failure');
    expect([by.lacking.size, await ledger.documents.get(CHAIN_PROGRAM_HASH)]).toEqual([1, null]);
    await take(CHAIN_PROGRAM_HASH, CHAIN_PROGRAM_TEXT);
    expect(await ledger.documents.get(CHAIN_PROGRAM_HASH)).toBe(CHAIN_PROGRAM_TEXT);
  });
});
