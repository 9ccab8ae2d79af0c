/** The ways in which a power cut leaves what was not synced: nothing, all up to a moment, any part of it, torn where a disk may tear. */
import type { Chance } from '../../simulation/chance.ts';
import type { FileChange } from './disk-events.ts';
import type { PowerCut, Unsynced } from './disk-model.ts';

type Style = 'nothing' | 'up to a moment' | 'any part';

const SECTOR_BYTES = 512;
const PAGE_BYTES = 4096;
/** Share of the lost pieces at the end of a file whose length is there and whose content is not, as some file systems leave it. */
const ZEROED_SHARE = 0.2;

/** Everything that was done is there. */
export const NOTHING_LOST: PowerCut = {
  content: (changes) => changes.map(({ change }) => change),
  names: (changes) => changes.map(({ change }) => change),
};

/** A power cut by chance on a disk that has seen `changes` changes. */
export function drawCut(chance: Chance, changes: number): PowerCut {
  const style = (): Style => chance.pick(['nothing', 'up to a moment', 'any part'] as const);
  const ofContent = style();
  const ofNames = style();
  // Most of what is not synced is young.
  const moment = changes - chance.logInt(1, Math.max(1, changes));
  const unit = chance.pick([1, SECTOR_BYTES, PAGE_BYTES] as const);
  const keptShare = chance.next();

  function anyPart(changes: readonly Unsynced<FileChange>[], size: number): FileChange[] {
    return changes
      .flatMap(({ change }) => piecesOf(change, unit, chance))
      .flatMap((piece) => {
        if (chance.happens(keptShare)) return [piece];
        const isLength = piece.op === 'write' && piece.at >= size && chance.happens(ZEROED_SHARE);
        return isLength ? [{ ...piece, bytes: new Uint8Array(piece.bytes.length) }] : [];
      });
  }

  return {
    content(changes, size) {
      if (ofContent === 'nothing') return [];
      if (ofContent === 'any part') return anyPart(changes, size);
      const done = changes.filter(({ order }) => order <= moment).map(({ change }) => change);
      const last = changes[done.length]?.change;
      return last ? [...done, ...torn(last, unit, chance)] : done;
    },
    names(changes) {
      if (ofNames === 'nothing') return [];
      const isLeft = ({ order }: { order: number }): boolean =>
        ofNames === 'any part' ? chance.happens(keptShare) : order <= moment;
      return changes.filter(isLeft).map(({ change }) => change);
    },
  };
}

/** The first part of a write that was cut off at a byte, sector or page. */
function torn(change: FileChange, unit: number, chance: Chance): FileChange[] {
  if (change.op === 'truncate') return [];
  const end = change.at + chance.int(0, change.bytes.length);
  const length = Math.max(0, end - (end % unit) - change.at);
  return length === 0 ? [] : [{ ...change, bytes: change.bytes.subarray(0, length) }];
}

/** A write in the pieces that reach the disk each by itself; at bytes, two of them, parted anywhere. */
function piecesOf(change: FileChange, unit: number, chance: Chance): FileChange[] {
  if (change.op === 'truncate') return [change];
  const { at, bytes } = change;
  const ends: number[] = [];
  if (unit === 1) ends.push(at + chance.int(0, bytes.length));
  else for (let end = at - (at % unit) + unit; end < at + bytes.length; end += unit) ends.push(end);
  ends.push(at + bytes.length);
  return ends.flatMap((end, k) => {
    const from = ends[k - 1] ?? at;
    return end > from ? [{ ...change, at: from, bytes: bytes.subarray(from - at, end - at) }] : [];
  });
}
