/** Programs that a server lost, which players bring it from beside their plays. */
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { sha256Hex } from '../../main/sha256.ts';
import { type ChainServer, createChainServer } from './support/chain-server.ts';
import { createManualTime } from './support/manual-time.ts';
import { items, playsIn, positionOf, type Rig, rig, run, START_MS } from './support/refill-rig.ts';

/** Texts of programs by their hashes, as they are in the program store. */
const TEXTS = new Map(['one', 'two'].map((name) => [sha256Hex(canonicalJson({ name })), canonicalJson({ name })]));
const [ONE = '', TWO = ''] = TEXTS.keys();

describe('programs that the server lost', () => {
  async function recorded(stored: Map<string, string>): Promise<{ server: ChainServer; at: Rig }> {
    const time = createManualTime(START_MS);
    const server = createChainServer(time);
    server.programs = new Map(TEXTS);
    const at = rig(server, { time, stored });
    for (const program of [ONE, TWO, ONE]) {
      at.journal.setContext({ screen: 'screen-1', program, manifest: null });
      at.play(3);
    }
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 9));
    server.lose(() => false);
    server.programs = new Map();
    return { server, at };
  }

  test('[RF2] are brought when it asks for them, from beside the plays, each once', async () => {
    const stored = new Map(TEXTS);
    const { server, at } = await recorded(stored);
    // Long ago the store has let go of them.
    stored.clear();
    expect([...at.files.content.keys()].filter((name) => name.endsWith('.programs'))).toHaveLength(1);
    at.holder.welcomed(null);
    await run(at);
    expect(server.programs).toEqual(TEXTS);
    expect(playsIn(server)).toEqual(items(0, 9));
    expect(server.odd.filter(({ kind }) => kind === 'need-program')).toHaveLength(2);
  });

  test('[RF2] that are nowhere any more, or that it refuses, keep no segment back', async () => {
    const { server, at } = await recorded(new Map([[ONE, TEXTS.get(ONE) ?? '']]));
    at.refused.add(ONE);
    at.holder.welcomed(null);
    await run(at, 60_000);
    expect(playsIn(server)).toEqual(items(0, 9));
    expect(server.programs).toEqual(new Map());
  });

  test('[RF2] go with the pack of the plays that were recorded under them', async () => {
    const { at } = await recorded(new Map(TEXTS));
    const [pack] = at.segments.packs();
    if (!pack) throw new Error('no pack');
    expect(at.segments.programOf({ epoch: pack.epoch, segment: 3 }, ONE)).toBe(TEXTS.get(ONE));
    at.segments.removePack(pack);
    expect([...at.files.content.keys()].filter((name) => name.includes(`/${pack.epoch}/`))).toEqual([]);
  });

  test('[RF2] a disk that does not take a program keeps no record back, and takes it with the next segment', async () => {
    const time = createManualTime(START_MS);
    const server = createChainServer(time);
    const at = rig(server, { time, stored: new Map(TEXTS) });
    at.journal.setContext({ screen: 'screen-1', program: ONE, manifest: null });
    at.files.faultOf = ({ path }) => (path.endsWith('.programs') ? { how: 'torn', bytes: 30, as: 'ENOSPC' } : null);
    at.play(1);
    const { epoch } = positionOf(at);
    expect(at.segments.programOf({ epoch, segment: 0 }, ONE)).toBeNull();
    at.files.faultOf = () => null;
    at.play(1);
    expect(at.segments.programOf({ epoch, segment: 0 }, ONE)).toBe(TEXTS.get(ONE));
    await run(at);
    expect(playsIn(server)).toEqual(items(0, 2));
  });
});
