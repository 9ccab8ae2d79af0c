/** Makes the segments of one device: plays of what its screen's program promises, one after another. */
import type { Program } from '../../../domain/plan/program.ts';
import { headerHash, type Segment } from '../../../domain/proof/segment.ts';
import { localDateAt } from '../../../domain/time/zone-time.ts';
import { sha256 } from '../../../main/sha256.ts';
import { bootRecord, playRecord } from '../../helpers/plays.ts';
import { type DeviceKey, emptyJournal, nextSegment, type Unnumbered } from '../../helpers/test-device.ts';
import type { Chance } from '../../simulation/chance.ts';

const MOST_PLAYS = 6;

/** A program by its hash. */
export type NamedProgram = { hash: string; program: Program };

/** The next segment and its hash, recorded for `screen` under `of`. */
export type SegmentMaker = (screen: string, of: NamedProgram) => { hash: string; segment: Segment };

/** Begins the journal of the device with that key. */
export function createSegmentMaker(key: DeviceKey, chance: Chance): SegmentMaker {
  const journal = emptyJournal();
  let monoMs = 0;

  function play(of: Program): Unnumbered {
    const promise = of.commitments[chance.int(0, of.commitments.length - 1)];
    const item = promise?.items[0] ?? of.loop[0];
    if (!item) throw new Error('the program plays nothing');
    const atMs = Date.now();
    const date = localDateAt(atMs, of.timeZone);
    const { durationMs } = item;
    const made = playRecord(of, { item: item.item, commitment: promise?.id ?? null, date, atMs, monoMs, durationMs });
    monoMs += durationMs;
    return made;
  }

  return (screen, { hash: program, program: of }) => {
    const records = Array.from({ length: chance.int(1, MOST_PLAYS) }, () => play(of));
    if (journal.segment === 0) records.unshift(bootRecord(Date.now()));
    const segment = nextSegment(journal, key, screen, program, records);
    return { hash: headerHash(segment.header, sha256), segment };
  };
}
