/** The journal's files in memory: what was durable stays, an agent can end at any write, and an independent eye sees every line. */
import type { Segment } from '../../domain/proof/segment.ts';
import {
  bySegment,
  type SegmentFile,
  type SegmentFiles,
  type SegmentRef,
  type SegmentState,
} from '../../main/journal/segment-files.ts';
import type { Fuse } from './crash-point.ts';

/** A segment as it stands on the disk. */
export type DiskSegment = SegmentRef & {
  /** What was appended while it was open; null where the open file is gone. */
  open: string[] | null;
  sealed: Segment | null;
  state: SegmentState | null;
};

/** The disk, and what a test may do to it or see of it. */
export type SimulatedDisk = {
  files: SegmentFiles;
  /** Every segment of which there is a file. */
  segments(): DiskSegment[];
  find(ref: SegmentRef): DiskSegment | null;
  /** One sealed segment that the server has not answered becomes unreadable; null where there is none. */
  rot(): SegmentRef | null;
};

/** An empty disk; `onLine` is told of every record line that is whole on the disk, once, as it gets there. */
export function createSimulatedDisk(fuse: Fuse, onLine: (ref: SegmentRef, line: string) => void): SimulatedDisk {
  const all = new Map<number, Map<number, DiskSegment>>();
  const unreadable = new Set<DiskSegment>();

  const find = (ref: SegmentRef): DiskSegment | null => all.get(ref.epoch)?.get(ref.segment) ?? null;

  function make({ epoch, segment }: SegmentRef): DiskSegment {
    const found = find({ epoch, segment });
    if (found) return found;
    const made: DiskSegment = { epoch, segment, open: null, sealed: null, state: null };
    const epochs = all.get(epoch) ?? new Map<number, DiskSegment>();
    epochs.set(segment, made);
    all.set(epoch, epochs);
    return made;
  }

  const segments = (): DiskSegment[] =>
    [...all.values()]
      .flatMap((epoch) => [...epoch.values()])
      .filter(({ open, state }) => open !== null || state !== null)
      .sort(bySegment);

  function append(ref: SegmentRef, text: string): void {
    const entry = make(ref);
    const add = (part: string): void => {
      entry.open ??= [];
      entry.open.push(part);
    };
    const whole = (): void => {
      add(text);
      // The first append brings the opening line along.
      onLine(ref, text.slice(text.lastIndexOf('\n', text.length - 2) + 1, -1));
    };
    fuse.pass('append', whole, () => add(text.slice(0, Math.floor(text.length / 2))));
  }

  function move(file: SegmentFile, state: SegmentState): void {
    const entry = find(file);
    if (!entry) return;
    const apply = (): void => {
      if (file.state === 'open') entry.open = null;
      entry.state = state;
    };
    if (file.state === 'sealed' && state === 'stored') fuse.pass('settle', apply);
    else apply();
  }

  const files: SegmentFiles = {
    list: () =>
      segments().flatMap(({ epoch, segment, open, state }): SegmentFile[] => [
        ...(open ? [{ epoch, segment, state: 'open' as const }] : []),
        ...(state ? [{ epoch, segment, state }] : []),
      ]),
    lastEpoch: () => (all.size === 0 ? null : Math.max(...all.keys())),
    readOpen: (ref) => {
      const open = find(ref)?.open;
      return open ? Buffer.from(open.join('')) : null;
    },
    appendOpen: append,
    removeOpen: (ref) =>
      fuse.pass('drop', () => {
        const entry = find(ref);
        if (entry) entry.open = null;
      }),
    readSegment: (file) => {
      const entry = find(file);
      return entry && !unreadable.has(entry) ? entry.sealed : null;
    },
    writeSealed: (ref, segment) =>
      fuse.pass('seal', () => {
        Object.assign(make(ref), { sealed: segment, state: 'sealed' });
      }),
    move,
    // In memory a segment is not packed; being stored is the same step.
    pack: (file) => move(file, 'stored'),
    packs: () => [],
    readPack: () => [],
    loggedOf: () => new Set(),
    logsOf: () => new Set(),
    keepProgram: () => undefined,
    programOf: () => null,
    addLogged: () => undefined,
    removePack: () => undefined,
    onPacked: () => undefined,
  };

  return {
    files,
    segments,
    find,
    rot() {
      const hit = segments().find((entry) => entry.state === 'sealed' && entry.open === null);
      if (!hit) return null;
      unreadable.add(hit);
      return { epoch: hit.epoch, segment: hit.segment };
    },
  };
}
