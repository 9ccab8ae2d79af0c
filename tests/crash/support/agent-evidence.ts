/** What the disk of a killed agent has to show: all that was there before, and every showing that an eye saw the end of, but at most one a kill. */
import { join } from 'node:path';
import { recordLine } from '../../../domain/proof/segment.ts';
import { loadDeviceKey } from '../../../main/device-key.ts';
import { createDurableFiles } from '../../../main/durable-files.ts';
import { checkJournal, type EpochRecord } from '../../main/support/journal-check.ts';
import { readTruth, type Shown } from './agent-truth.ts';

/** Showings begin further apart than this; the eye and the record read the clock within it. */
const SAME_MS = 1400;

/** Looks at the disk, and remembers it for the next time. */
export type AgentEvidence = {
  /** The faults after the end of an agent that is not running any more, one sentence each. */
  faults(): string[];
  /** Showings without a record, and records of plays, so far. */
  counts(): { unrecorded: number; plays: number };
};

/** Looks at the data folder `data` of an agent whose stage was watched in the file `truth`. */
export function createAgentEvidence(data: string, truth: string): AgentEvidence {
  const files = createDurableFiles();
  const known = new Map<string, string>();
  let counts = { unrecorded: 0, plays: 0 };

  function takeRecords(): EpochRecord[] {
    const path = join(data, 'device-key.pem');
    return files.read(path) === null ? [] : checkJournal(files, join(data, 'journal'), loadDeviceKey(files, path));
  }

  function rememberFaults(records: readonly EpochRecord[]): string[] {
    const now = new Map(records.map(({ epoch, boot: _, ...record }) => [`${epoch}/${record.seq}`, recordLine(record)]));
    const faults = [...known].flatMap(([at, line]) =>
      now.get(at) === line ? [] : [`${now.has(at) ? 'I6: another' : 'I1: no'} record ${at} is there now`],
    );
    for (const [at, line] of now) known.set(at, line);
    return faults;
  }

  return {
    faults() {
      const records = takeRecords();
      const shown = files.read(truth) === null ? [] : readTruth(truth);
      const plays = records.filter((record) => record.kind === 'play');
      const unrecorded = shown.filter((one) => !plays.some((play) => isOf(play, one)));
      counts = { unrecorded: unrecorded.length, plays: plays.length };
      return [
        ...rememberFaults(records),
        ...lossFaults(shown, unrecorded, plays),
        ...claimFaults(plays, shown),
        ...bootFaults(records),
      ];
    },
    counts: () => counts,
  };
}

/** Whether a record is of what the eye saw: it began at that moment of that life. */
const isOf = ({ boot, m0 }: EpochRecord, shown: Shown): boolean =>
  boot === shown.boot && Math.abs(m0 - shown.m0) < SAME_MS;

/**
 * What has no record can only be the last that a life showed, or what the agent took for failed: on a machine that stood still for long it had given up
 * waiting for the stage, and recorded that.
 */
function lossFaults(shown: readonly Shown[], unrecorded: readonly Shown[], plays: readonly EpochRecord[]): string[] {
  const givenUp = plays.filter((play) => play.kind === 'play' && play.outcome === 'failed').map(({ boot }) => boot);
  return unrecorded
    .filter((one) => shown.findLast(({ boot }) => boot === one.boot) !== one)
    .filter(({ boot }) => {
      const at = givenUp.indexOf(boot);
      return at < 0 || givenUp.splice(at, 1).length === 0;
    })
    .map(({ boot, m0 }) => `I4: what was shown at ${m0} of ${boot}, with others after it, has no record`);
}

/** No play is claimed that nobody saw the end of, and none is claimed twice. */
function claimFaults(plays: readonly EpochRecord[], shown: readonly Shown[]): string[] {
  const claimed = new Set<Shown>();
  const faults: string[] = [];
  for (const play of plays) {
    if (play.kind !== 'play' || play.outcome !== 'complete') continue;
    const at = `record ${play.epoch}/${play.seq}`;
    const seen = shown.find((one) => isOf(play, one));
    if (!seen) faults.push(`I3: ${at} claims what nobody saw the end of`);
    else if (claimed.has(seen)) faults.push(`I2: ${at} claims a play once more`);
    else claimed.add(seen);
  }
  return faults;
}

/** Every start but the first tells that the end before it was none. */
function bootFaults(records: readonly EpochRecord[]): string[] {
  const [, ...boots] = records.filter(({ kind }) => kind === 'boot');
  return boots.flatMap(({ reason, boot }) =>
    reason === 'recovered' ? [] : [`I4: the start of ${boot} tells of no kill`],
  );
}
