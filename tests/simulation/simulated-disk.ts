/** A player's disk in memory: what was durable stays, any write can be the agent's last or fail, and an independent eye sees every one. */
import { basename, dirname } from 'node:path';
import type { DurableFiles } from '../../main/durable-files.ts';
import type { Chance } from './chance.ts';
import type { Fuse, WriteStep } from './crash-point.ts';

/** What is wrong with a disk: no room for more, or writes that fail and may have been made all the same. */
export type DiskTrouble = 'full' | 'failing';

/** A write whose effect is on the disk. `isSure`: the agent was told so, or ended before it could be. `undone`: a power cut has brought `text` back. */
export type DiskWrite = {
  op: 'append' | 'replace' | 'rename' | 'remove' | 'undone';
  path: string;
  to?: string;
  text?: string;
  isSure: boolean;
};

/** A write that is asked for. */
type Call = Omit<DiskWrite, 'isSure' | 'op'> & { op: Exclude<DiskWrite['op'], 'undone'> };

/** The disk, and what a run may do to it or see of it. */
export type SimulatedDisk = {
  files: DurableFiles;
  setTrouble(trouble: DiskTrouble | null): void;
  /** Writes that failed. */
  failures(): number;
  /** The power is gone: what was written and never confirmed may be gone too. */
  powerCut(): void;
  /** The texts that a file was written in, one for each write; another list whenever the file is another. */
  partsOf(path: string): readonly string[];
  /** Damages a file: no JSON any more, or another digit in its midst. */
  damage(path: string, how: 'unreadable' | 'changed'): void;
  /** All content, for another disk to begin with. */
  content(): Map<string, string[]>;
};

/** What a disk is made with. `content`: what is on it already. */
export type DiskDeps = {
  fuse: Fuse;
  chance: Chance;
  onWrite: (write: DiskWrite) => void;
  content?: Map<string, string[]>;
};

/** A disk. */
export function createSimulatedDisk({ fuse, chance, onWrite, content = new Map() }: DiskDeps): SimulatedDisk {
  const folders = new Map<string, Set<string>>();
  for (const path of content.keys()) enter(path);
  let trouble: DiskTrouble | null = null;
  let failures = 0;
  let doubtful: { path: string; before: string[] | null; after: string[]; writes: number }[] = [];

  function enter(path: string): void {
    const folder = dirname(path);
    const names = folders.get(folder) ?? new Set();
    names.add(basename(path));
    folders.set(folder, names);
    if (folder !== '/') enter(folder);
  }

  function put(path: string, parts: string[] | null): void {
    if (parts) {
      content.set(path, parts);
      enter(path);
    } else if (content.delete(path)) folders.get(dirname(path))?.delete(basename(path));
  }

  /** Carries out a write unless agent or disk fail at it; `half` is what a torn one leaves. */
  function write(call: Call, whole: () => void, half: () => void): void {
    const apply = (isSure: boolean): void => {
      whole();
      onWrite({ ...call, isSure });
    };
    const act = (): void => (isHit(call.op) ? failAt(call, apply, half) : apply(true));
    fuse.pass(stepOf(call), act, half);
  }

  /** A full disk takes no new bytes; names can still be changed and removed. */
  function isHit(op: Call['op']): boolean {
    if (trouble === null) return false;
    return trouble === 'full' ? op === 'append' || op === 'replace' : chance.happens(0.5);
  }

  function failAt({ path }: Pick<DiskWrite, 'path'>, apply: (isSure: boolean) => void, half: () => void): never {
    failures += 1;
    const before = content.get(path)?.slice() ?? null;
    if (trouble === 'failing' && chance.happens(0.4)) {
      apply(false);
      const after = content.get(path);
      if (after) doubtful.push({ path, before, after, writes: after.length });
    } else if (chance.happens(0.5)) half();
    const code = trouble === 'full' ? 'ENOSPC' : 'EIO';
    throw Object.assign(new Error(`${code}: simulated`), { code });
  }

  const files: DurableFiles = {
    list: (folder) => [...(folders.get(folder) ?? [])],
    read: (path) => {
      const parts = content.get(path);
      return parts ? Buffer.from(parts.join('')) : null;
    },
    append(path, text) {
      const add = (part: string): void => put(path, [...(content.get(path) ?? []), part]);
      const grow = (): void => {
        const parts = content.get(path);
        if (parts) parts.push(text);
        else put(path, [text]);
      };
      write({ op: 'append', path, text }, grow, () => add(text.slice(0, Math.floor(text.length / 2))));
    },
    // Half a draft lies beside the file and is nobody's.
    replace: (path, text) =>
      write(
        { op: 'replace', path, text },
        () => put(path, [text]),
        () => undefined,
      ),
    rename: (from, to) =>
      write(
        { op: 'rename', path: from, to },
        () => {
          const parts = content.get(from);
          if (!parts) throw Object.assign(new Error(`ENOENT: ${from}`), { code: 'ENOENT' });
          put(from, null);
          put(to, parts);
        },
        () => undefined,
      ),
    remove: (path) =>
      write(
        { op: 'remove', path },
        () => put(path, null),
        () => undefined,
      ),
  };

  return {
    files,
    setTrouble: (next) => {
      trouble = next;
    },
    failures: () => failures,
    powerCut() {
      for (const { path, before, after, writes } of doubtful) {
        if (content.get(path) !== after || after.length !== writes || !chance.happens(0.5)) continue;
        put(path, before);
        if (before) onWrite({ op: 'undone', path, text: before.join(''), isSure: true });
      }
      doubtful = [];
    },
    partsOf: (path) => content.get(path) ?? [],
    damage(path, how) {
      const text = content.get(path)?.join('') ?? '';
      const third = Math.floor(text.length / 3);
      const at = third + text.slice(third).search(/[1-8]/);
      const digit = String(Number(text[at]) + 1);
      put(path, [how === 'unreadable' ? text.slice(1) : text.slice(0, at) + digit + text.slice(at + 1)]);
    },
    content: () => new Map(Array.from(content, ([path, parts]) => [path, [...parts]])),
  };
}

const APPENDS: Readonly<Record<string, WriteStep>> = { open: 'record', pack: 'pack', receipts: 'receipt' };

/** What a write means, by the name of what is written. */
function stepOf({ op, path }: Pick<Call, 'op' | 'path'>): WriteStep {
  const end = path.slice(path.lastIndexOf('.') + 1);
  if (op === 'append') return APPENDS[end] ?? 'note';
  if (op === 'rename') return 'answer';
  if (op === 'replace') return end === 'sealed' ? 'seal' : path.startsWith('/log/') ? 'believe' : 'note';
  return end === 'open' ? 'drop' : end === 'pack' || end === 'receipts' || end === 'programs' ? 'let-go' : 'settle';
}
