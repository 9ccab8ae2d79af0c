/** The closed segments of the journal and how far they have got on their way to the server. */
import type { Segment } from '../../domain/proof/segment.ts';
import { bySegment, type SegmentFile, type SegmentFiles, type SegmentRef, type SegmentState } from './segment-files.ts';

/** Where a segment has got to once the server has answered. */
export type SentState = 'stored' | 'forked' | 'quarantined';

/** The closed segments. Calls that change something may throw the file system's errors. */
export type SegmentShelf = {
  /** Number of sealed segments that the server has not answered. */
  unsentCount(): number;
  /** The oldest of them, with its content; one that cannot be read is set aside as damaged. */
  nextUnsent(): { ref: SegmentRef; segment: Segment } | null;
  /** Notes a newly sealed one. */
  add(ref: SegmentRef): void;
  /** Notes the server's answer. */
  settle(ref: SegmentRef, state: SentState): void;
  /** Everything from `ref` on in its epoch is to be sent again; false where `ref` itself is lost here. */
  rewind(ref: SegmentRef): boolean;
  /** Sets aside what is unsent of an epoch, since one before it is lost and the server takes no other. */
  hold(epoch: number): void;
  /** All closed segments that can be read, newest first. */
  newestFirst(): Iterable<Segment>;
};

/** Opens the shelf over the files there are. */
export function createSegmentShelf(files: SegmentFiles): SegmentShelf {
  let unsent: SegmentRef[] = files.list().filter((file) => file.state === 'sealed');
  const isSame = (a: SegmentRef) => (b: SegmentRef) => a.epoch === b.epoch && a.segment === b.segment;
  const drop = (ref: SegmentRef): void => {
    unsent = unsent.filter((other) => !isSame(ref)(other));
  };
  const move = (ref: SegmentRef, state: SegmentState): void => {
    files.move({ epoch: ref.epoch, segment: ref.segment, state: 'sealed' }, state);
    drop(ref);
  };

  function nextUnsent(): { ref: SegmentRef; segment: Segment } | null {
    for (;;) {
      const ref = unsent[0];
      if (!ref) return null;
      const segment = files.readSegment({ ...ref, state: 'sealed' });
      if (segment) return { ref, segment };
      move(ref, 'damaged');
    }
  }

  return {
    unsentCount: () => unsent.length,
    nextUnsent,
    add: (ref) => {
      unsent.push({ epoch: ref.epoch, segment: ref.segment });
    },
    settle: move,
    rewind(ref) {
      const closed = files.list().filter((file) => file.epoch === ref.epoch && file.segment >= ref.segment);
      const usable = closed.filter((file) => file.state !== 'open' && file.state !== 'damaged');
      if (usable[0]?.segment !== ref.segment) return false;
      for (const file of usable) if (file.state !== 'sealed') files.move(file, 'sealed');
      const others = unsent.filter((other) => !usable.some(isSame(other)));
      unsent = [...others, ...usable.map(({ epoch, segment }) => ({ epoch, segment }))].sort(bySegment);
      return true;
    },
    hold(epoch) {
      for (const ref of unsent.filter((other) => other.epoch === epoch)) move(ref, 'held');
    },
    *newestFirst() {
      const closed: SegmentFile[] = files.list().filter((file) => file.state !== 'open' && file.state !== 'damaged');
      for (const file of closed.reverse()) {
        const segment = files.readSegment(file);
        if (segment) yield segment;
      }
    },
  };
}
