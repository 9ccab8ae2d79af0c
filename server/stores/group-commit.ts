/** Many writes, one transaction: what is asked for in the same turn of the event loop shares one commit and one fsync. */
import type { DatabaseSync } from 'node:sqlite';
import { asStoreError, isOfTransaction } from './sqlite-error.ts';
import { closedError } from './store-error.ts';

/** Runs writes in groups. */
export type GroupCommit = {
  /**
   * Runs `work` inside the next transaction, in the order of the calls, and resolves with its result once that is on the disk.
   * Where `work` throws, only its own writes are undone and only this promise rejects; where the transaction fails (a full
   * disk), everything in it is undone and all its promises reject with the same `StoreError`.
   */
  run<T>(work: () => T): Promise<T>;
  /** Runs what waits; later calls reject with `closed`. */
  close(): Promise<void>;
};

/** Works in one transaction at most, so that no commit keeps the event loop for long. */
const MAX_WORKS = 256;

type Job = { attempt: () => () => void; reject: (error: unknown) => void };

/** A group commit on the connection `db` of `file`; nobody else may write through this connection. */
export function createGroupCommit(db: DatabaseSync, file: string): GroupCommit {
  const mark = db.prepare('SAVEPOINT work');
  const keep = db.prepare('RELEASE work');
  const undo = db.prepare('ROLLBACK TO work');
  let waiting: Job[] = [];
  let isScheduled = false;
  let isClosed = false;

  function commitGroup(): void {
    const group = waiting.slice(0, MAX_WORKS);
    waiting = waiting.slice(MAX_WORKS);
    isScheduled = waiting.length > 0;
    if (isScheduled) setImmediate(commitGroup);
    // Closing may have run everything before its turn came.
    if (group.length === 0) return;
    const settle: (() => void)[] = [];
    try {
      db.exec('BEGIN IMMEDIATE');
      for (const job of group) settle.push(runOne(job));
      db.exec('COMMIT');
    } catch (error) {
      // Some failures end the transaction by themselves.
      if (db.isTransaction) db.exec('ROLLBACK');
      const reason = asStoreError(error, file);
      for (const job of group) job.reject(reason);
      return;
    }
    for (const done of settle) done();
  }

  function runOne(job: Job): () => void {
    mark.run();
    try {
      const done = job.attempt();
      keep.run();
      return done;
    } catch (error) {
      if (!db.isTransaction || isOfTransaction(error)) throw error;
      undo.run();
      keep.run();
      const reason = asStoreError(error, file);
      return () => job.reject(reason);
    }
  }

  return {
    run<T>(work: () => T): Promise<T> {
      if (isClosed) return Promise.reject(closedError(file));
      return new Promise<T>((resolve, reject) => {
        const attempt = () => {
          const value = work();
          return () => resolve(value);
        };
        waiting.push({ attempt, reject });
        if (!isScheduled) setImmediate(commitGroup);
        isScheduled = true;
      });
    },
    async close() {
      isClosed = true;
      while (waiting.length > 0) commitGroup();
    },
  };
}
