/** What a server could try that wants a promise to look kept, and who notices. What players and witnesses notice by themselves: `proof-log.test.ts`, `witness.test.ts`. */
import { describe, expect, test } from 'vitest';
import type { BundlePart } from '../../../domain/bundle/bundle-part.ts';
import { endorsementMessage, readEndorsements } from '../../../domain/proof/endorsement.ts';
import { logEntryText } from '../../../domain/proof/log-entry.ts';
import { toBase64 } from '../../../domain/tlog/base64.ts';
import { formatNote, formatVkey } from '../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../server/sha256.ts';
import { openLogTree } from '../../../server/tlog/log-tree.ts';
import { makeSigner } from '../../../server/tlog/note-signer.ts';
import { signByNode } from '../../../server/tlog/raw-keys.ts';
import { provedTown, townProgram } from '../../helpers/proved-town.ts';
import { dateOf, kindsOf, reportOf } from '../../helpers/town-report.ts';

const [DAY, NEXT, LATER] = ['2026-07-01', '2026-07-02', '2026-07-03'];

const without = (parts: readonly BundlePart[], isLeftOut: (part: BundlePart) => boolean): BundlePart[] =>
  parts.filter((part) => !isLeftOut(part));

describe('the verifier notices', () => {
  test('[BV6] a second history of the log: witnesses vouched for the first', async () => {
    const [true_, forged] = [await provedTown(), await provedTown()];
    for (const town of [true_, forged]) {
      const device = await town.enrol('a');
      for (const date of [DAY, NEXT]) await town.playDay(device, date);
    }
    // The server's own key signs both; the inspector's witness saw one of them.
    const parts = await forged.bundle(['a'], DAY, DAY);
    const [log = '', mlDsa = ''] = forged.policy.split('\n');
    const policy = [log, mlDsa, ...true_.policy.split('\n').slice(2)].join('\n');
    expect(kindsOf(dateOf(reportOf(await forged.verify(parts, policy))))).toContain('quorum-missing');
    const former = (await true_.bundle(['a'], DAY, DAY)).find((part) => part.type === 'checkpoint');
    if (!former) throw new Error('a former checkpoint');
    const mixed = parts.map((part) => (part.type === 'checkpoint' ? former : part));
    expect(await forged.verify(mixed)).toEqual({ ok: false, error: 'checkpoint-foreign' });
  });

  test('[BV2] a log that is shown as it was before the bad day ended', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY, { push: (number) => number === 0 });
    const parts = await town.bundle(['a'], DAY, DAY);
    expect(dateOf(reportOf(await town.verify(parts))).proof).toBe('incomplete');
  });

  test('[BV2] segments that the log has and the bundle has not', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    for (const date of [DAY, NEXT]) await town.playDay(device, date);
    const parts = await town.bundle(['a'], DAY, DAY);
    const segments = parts.filter((part) => part.type === 'segment');
    for (const left of segments.slice(0, 3)) {
      const date = dateOf(reportOf(await town.verify(without(parts, (part) => part === left))));
      expect([date.proof, kindsOf(date).includes('records-missing')]).toEqual(['incomplete', true]);
    }
  });

  test('[BV4] plays that were made up later: the log had not known them, and says by how much', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    town.clock.advance(10 * 86_400_000);
    await town.sign();
    // Ten days later, with the device's own key and whatever times one likes; no state of the log from then can be named.
    await town.playDay(device, DAY, { header: (header) => ({ ...header, beacon: null }) });
    await town.playDay(device, NEXT, { header: (header) => ({ ...header, beacon: null }) });
    expect(dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY)))).widestMs).toBe('open');
    const honest = await provedTown();
    const late = await honest.enrol('a');
    const first = honest.beacon();
    honest.clock.advance(10 * 86_400_000);
    await honest.playDay(late, DAY, { header: (header) => ({ ...header, beacon: first }) });
    const widest = dateOf(reportOf(await honest.verify(await honest.bundle(['a'], DAY, DAY)))).widestMs;
    expect(widest).toBeGreaterThan(9 * 86_400_000);
  });

  test('[BV5] a minimum lowered afterwards, by another program or by the text of the same one', async () => {
    const town = await provedTown();
    const strict = townProgram(30);
    const device = await town.enrol('a', strict);
    for (const date of [DAY, NEXT]) await town.playDay(device, date, { program: strict });
    // Given to the screen afterwards, with a time from before the day.
    const claimed = town.clock.nowMs();
    town.clock.set(claimed - 3 * 86_400_000);
    await town.assign('a', townProgram(1));
    town.clock.set(claimed);
    await town.sign();
    const parts = await town.bundle(['a'], DAY, DAY);
    expect(dateOf(reportOf(await town.verify(parts))).promises[0]).toMatchObject({
      required: 30,
      plays: 9,
      verdict: 'short',
    });
    const lowered = parts.map((part) =>
      part.type === 'program' ? { ...part, body: part.body.replace('"minPlays":30', '"minPlays":3') } : part,
    );
    const date = dateOf(reportOf(await town.verify(lowered)));
    expect([date.proof, kindsOf(date)]).toEqual(['incomplete', expect.arrayContaining(['program-missing'])]);
    expect(date.promises.map(({ verdict }) => verdict)).not.toContain('met');
  });

  test('[BV2] [BV5] a stricter program that the log gave the screen, and that the bundle leaves out', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY, { records: (records) => records.slice(0, 40) });
    await town.assign('a', townProgram(30));
    await town.sign();
    // The player was never told of it.
    await town.playDay(device, DAY, { records: (records) => records.slice(39) });
    await town.playDay(device, NEXT);
    const parts = await town.bundle(['a'], DAY, DAY);
    expect(dateOf(reportOf(await town.verify(parts))).promises[0]).toMatchObject({
      required: 30,
      plays: 9,
      verdict: 'short',
    });
    const date = dateOf(
      reportOf(
        await town.verify(without(parts, (part) => part.type === 'program' && part.body.includes('"minPlays":30'))),
      ),
    );
    expect([date.proof, kindsOf(date)]).toEqual(['incomplete', ['program-missing']]);
    expect(date.promises.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
  });

  test('[BV2] [BV5] a stricter program that the log gave the screen before all that the bundle shows', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY);
    await town.assign('a', townProgram(30));
    await town.sign();
    // The player is never told of it.
    for (const date of [NEXT, LATER, '2026-07-04']) await town.playDay(device, date);
    const parts = await town.bundle(['a'], LATER, LATER);
    expect(dateOf(reportOf(await town.verify(parts)), LATER).promises[0]).toMatchObject({
      required: 30,
      plays: 9,
      verdict: 'short',
    });
    const range = parts.find((part) => part.type === 'range');
    const size = await town.ledger.log.size();
    const tree = await openLogTree(town.ledger.log, size);
    const all = await town.ledger.log.entries(0, size);
    const begin = all.findLastIndex((entry) => entry.includes('"kind":"assignment"')) + 1;
    expect(begin).toBeGreaterThan(range?.from ?? 0);
    const earlier = await Promise.all(
      all.slice(0, begin - 1).map(async (entry, index) => {
        const proof = (await tree.inclusion(index)).map(toBase64);
        return { type: 'entry' as const, index, proof, entry };
      }),
    );
    const kept = earlier.filter(({ entry }) => /"kind":"(enrolment|assignment|program)"/.test(entry));
    const roots = (await tree.subtrees(begin)).map(toBase64);
    const hidden = parts
      .filter((part) => part.type !== 'entry' && part.type !== 'checkpoint')
      .filter((part) => part.type !== 'program' || !part.body.includes('"minPlays":30'))
      .flatMap((part): BundlePart[] => {
        if (part.type === 'range') return [...kept, { ...part, from: begin, roots }];
        return [part.type === 'entries' ? { ...part, heads: [], entries: all.slice(begin) } : part];
      });
    const date = dateOf(reportOf(await town.verify(hidden)), LATER);
    expect([date.proof, kindsOf(date)]).toEqual(['incomplete', ['programs-unknown']]);
    expect(date.promises.map(({ verdict }) => verdict)).not.toContain('met');
  });

  test('[BV4] two segments under one number in the log, whatever it calls them', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY);
    const parts = await town.bundle(['a'], DAY, DAY);
    const entry = parts
      .flatMap((part) => (part.type === 'entries' ? part.entries : []))
      .find((text) => text.includes('"segment"'));
    if (entry === undefined) throw new Error('an entry of a segment');
    await town.ledger.log.append([entry.replace(/"hash":"[0-9a-f]{64}"/, `"hash":"${'0'.repeat(64)}"`)]);
    await town.sign();
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect([date.proof, kindsOf(date).includes('fork')]).toEqual(['contradicted', true]);
  });

  test('[BV8] a screen that its unit never heard of: its enrolment is signed by nobody whom the policy names', async () => {
    const town = await provedTown();
    const [unit, idle] = [makeSigner('unit.example/metro'), makeSigner('unit.example/metro')];
    if (!unit || !idle) throw new Error('two keys');
    const devices = [await town.enrol('a'), await town.enrol('phantom')];
    const enrolments = await town.ledger.log.entries(0, 100);
    const own = enrolments.find((text) => text.includes('"kind":"enrolment"') && text.includes('"screen":"a"')) ?? '';
    const signature = signByNode(endorsementMessage(own), unit.privateKey);
    const read = readEndorsements(
      formatNote({ text: endorsementMessage(own), signatures: [{ ...unit.note, signature }] }),
      sha256,
    );
    await town.ledger.log.append((read?.endorsements ?? []).map(logEntryText));
    for (const device of devices)
      await town.playDay(device, DAY, { header: (header) => ({ ...header, beacon: null }) });
    const units = [`unit metro ${formatVkey(unit.note)}`, `unit bus ${formatVkey(idle.note)}`];
    const policy = [town.policy, ...units].join('\n');
    const result = await town.verify(await town.bundle(['a', 'phantom'], DAY, DAY), policy);
    if (!result.ok) throw new Error(result.error);
    expect(result.value.unsigned).toEqual(['phantom']);
    expect(result.value.screens.map(({ devices: of }) => of.map(({ signedBy }) => signedBy))).toEqual([
      [['metro']],
      [[]],
    ]);
  });

  test('[BV2] plays under a key that nobody enrolled', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    for (const date of [DAY, NEXT]) await town.playDay(device, date);
    const parts = await town.bundle(['a'], DAY, DAY);
    const date = dateOf(
      reportOf(
        await town.verify(without(parts, (part) => part.type === 'entry' && part.entry.includes('"enrolment"'))),
      ),
    );
    expect([date.proof, kindsOf(date).includes('device-unknown')]).toEqual(['incomplete', true]);
  });
});
