/** The last checkpoint that was signed, in a file of its own that no backup holds and no restore brings back. */
import { type Checkpoint, parseCheckpoint } from '../../domain/tlog/checkpoint.ts';
import { readTextOrNull, replaceFile } from '../stores/durable-file.ts';
import { StoreError } from '../stores/store-error.ts';

/** The file's keeper: one server at a time, by the lock of its data folder. */
export type LogHead = {
  /** The last signed checkpoint as text, null before the first. Rejects with `StoreError` `damaged` where the file holds something else. */
  read(): Promise<string | null>;
  /** Makes `next` the last one, durably, if `before` still is; rejects with `StoreError` `conflict` otherwise. */
  replace(before: string | null, next: string): Promise<void>;
};

/** The head in `file`. */
export function openLogHead(file: string): LogHead {
  async function read(): Promise<string | null> {
    const text = await readTextOrNull(file);
    if (text !== null && !parseCheckpoint(text)) throw new StoreError('damaged', `${file} holds no checkpoint`);
    return text;
  }

  return {
    read,
    async replace(before, next) {
      if ((await read()) !== before) throw new StoreError('conflict', `${file} was changed by somebody else`);
      await replaceFile(file, next);
    },
  };
}

/** The checkpoint of such text, which was read as one before. */
export function checkpointOf(text: string): Checkpoint {
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint) throw new StoreError('damaged', 'what was a checkpoint is none any more');
  return checkpoint;
}
