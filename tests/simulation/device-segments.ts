/** Where the segments of a device are at the end of a run, by its files and by what was seen of them. */
import type { Segment } from '../../domain/proof/segment.ts';
import { bySegment, type SegmentFiles, type SegmentRef, type SegmentState } from '../../main/journal/segment-files.ts';
import { type DiskEye, keyOf } from './disk-eye.ts';

/** A segment: `open` lines of a file that is not sealed yet, or what was sealed and how far it has got; `gone`: let go of after it was logged. */
export type DeviceSegment = SegmentRef &
  (
    | { state: 'open'; firstSeq: number; count: number }
    | { state: SegmentState | 'gone'; value: Segment; firstSeq: number; count: number; prev: string | null }
  );

/** All segments of a device, oldest first. */
export function deviceSegments(files: SegmentFiles, { sealed }: Pick<DiskEye, 'sealed'>): DeviceSegment[] {
  const listed = files.list();
  const states = new Map(listed.filter(({ state }) => state !== 'open').map((file) => [keyOf(file), file.state]));
  const open = listed.flatMap((file): DeviceSegment[] => {
    if (file.state !== 'open' || states.has(keyOf(file)) || sealed.get(keyOf(file))?.isPacked) return [];
    const [opening = '', ...lines] = Buffer.from(files.readOpen(file) ?? [])
      .toString('utf8')
      .split('\n');
    const firstSeq = Number(/"firstSeq":(\d+)/.exec(opening)?.[1] ?? Number.NaN);
    return [{ epoch: file.epoch, segment: file.segment, state: 'open', firstSeq, count: lines.length }];
  });
  const closed = [...sealed.values()].flatMap((segment): DeviceSegment[] => {
    const { epoch, segment: number, value, firstSeq, count, prev, isPacked, isGone } = segment;
    const listedAs = states.get(keyOf(segment));
    const state = listedAs ?? (isGone ? 'gone' : isPacked ? 'stored' : null);
    if (state === null || state === 'open') return [];
    return [{ epoch, segment: number, state, value, firstSeq, count, prev }];
  });
  return [...open, ...closed].sort(bySegment);
}
