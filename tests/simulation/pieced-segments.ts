/** The product's own segment files over a simulated disk, reading of packs and receipts only what was added since the last reading. */
import type { Segment } from '../../domain/proof/segment.ts';
import { createSegmentFiles, type SegmentFiles } from '../../main/journal/segment-files.ts';
import { createSegmentPacks, type PackedSegment, type PackRef } from '../../main/journal/segment-packs.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

/** What was read of a file: as far as which of its pieces. */
type Read<T> = { parts: readonly string[]; upTo: number; found: T };

/**
 * Segment files below `/journal`. A pack of a month is read hundreds of times in a run; every piece of it begins with a line's end, so that pieces can
 * be read one by one.
 */
export function createPiecedSegments(disk: SimulatedDisk): SegmentFiles {
  let from = 0;
  const pieces = createSegmentPacks(
    { ...disk.files, read: (path) => Buffer.from(disk.partsOf(path).slice(from).join('')) },
    '/journal',
  );
  const packs = new Map<string, Read<Map<number, PackedSegment>>>();
  const logged = new Map<string, Read<Set<number>>>();

  function readOn<T>(reads: Map<string, Read<T>>, path: string, empty: T, add: (found: T) => void): T {
    const parts = disk.partsOf(path);
    const known = reads.get(path);
    const read = known?.parts === parts ? known : { parts, upTo: 0, found: empty };
    reads.set(path, read);
    from = read.upTo;
    read.upTo = parts.length;
    if (from < read.upTo) add(read.found);
    return read.found;
  }

  const pathOf = ({ epoch, pack }: PackRef): string => `/journal/${epoch}/${String(pack).padStart(8, '0')}`;
  const files = createSegmentFiles(disk.files, '/journal');
  let last: { parts: readonly string[]; segment: Segment | null } | null = null;

  return {
    ...files,
    // What is sent is read once to be sent, and once more to be packed.
    readSegment(file) {
      const parts = disk.partsOf(`/journal/${file.epoch}/${String(file.segment).padStart(8, '0')}.${file.state}`);
      if (last?.parts !== parts) last = { parts, segment: files.readSegment(file) };
      return last.segment;
    },
    readPack(ref) {
      const found = readOn(packs, `${pathOf(ref)}.pack`, new Map<number, PackedSegment>(), (known) => {
        for (const packed of pieces.read(ref)) known.set(packed.segment, packed);
      });
      return [...found.values()].sort((a, b) => a.segment - b.segment);
    },
    // There is but one log here.
    loggedOf: (ref) =>
      readOn(logged, `${pathOf(ref)}.receipts`, new Set<number>(), (known) => {
        for (const segment of pieces.logged(ref)) known.add(segment);
      }),
  };
}
