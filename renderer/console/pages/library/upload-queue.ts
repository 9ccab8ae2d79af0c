/** The queue of uploads: several at once, each to be paused, resumed and called off. It outlives the page it is shown on. */
import type { Media } from '../../../../domain/catalogue/content.ts';

/** Where an upload stands. `checking`: every byte is there and the server looks at the file. */
export type UploadState =
  | { kind: 'waiting' }
  | { kind: 'sending' }
  | { kind: 'paused' }
  | { kind: 'checking' }
  | { kind: 'done'; media: Media | null }
  | { kind: 'failed'; failure: Error; canRetry: boolean };

/** One file on its way. */
export type UploadJob = { id: string; fileName: string; bytes: number; sentBytes: number; state: UploadState };

/** What a transfer reports. */
export type TransferEvents = {
  onProgress(sentBytes: number): void;
  onDone(media: Media | null): void;
  onFailed(failure: Error, canRetry: boolean): void;
};

/** A transfer under way. `start` also resumes; `cancel` removes what was sent. */
export type Transfer = { start(): void; pause(): void; cancel(): void };

/** Prepares the transfer of a file to a unit's library. */
export type OpenTransfer = (file: File, unitId: string, events: TransferEvents) => Transfer;

/** The queue. `jobs` is replaced, never changed in place; `subscribe` gives a function that ends it. */
export type UploadQueue = {
  jobs(): readonly UploadJob[];
  subscribe(listener: () => void): () => void;
  add(files: readonly File[], unitId: string): void;
  pause(id: string): void;
  resume(id: string): void;
  /** Calls off what runs, and takes off the list what is over. */
  remove(id: string): void;
  clearDone(): void;
};

/** So many files are sent at the same time; the others wait. */
export const SENT_AT_ONCE = 3;

/** An empty queue over `open`. */
export function createUploadQueue(open: OpenTransfer): UploadQueue {
  let jobs: readonly UploadJob[] = [];
  let added = 0;
  const transfers = new Map<string, Transfer>();
  const listeners = new Set<() => void>();

  function put(id: string, change: Partial<UploadJob>): void {
    jobs = jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
    for (const listener of listeners) listener();
  }

  function startWaiting(): void {
    const free = SENT_AT_ONCE - jobs.filter(({ state }) => state.kind === 'sending').length;
    for (const { id } of jobs.filter(({ state }) => state.kind === 'waiting').slice(0, Math.max(0, free))) {
      put(id, { state: { kind: 'sending' } });
      transfers.get(id)?.start();
    }
  }

  function settle(id: string, state: UploadState): void {
    put(id, { state });
    startWaiting();
  }

  function addOne(file: File, unitId: string): void {
    added += 1;
    const id = `upload-${added}`;
    jobs = [...jobs, { id, fileName: file.name, bytes: file.size, sentBytes: 0, state: { kind: 'waiting' } }];
    const isSending = (): boolean => jobs.some((job) => job.id === id && job.state.kind === 'sending');
    const events: TransferEvents = {
      onProgress(sentBytes) {
        if (isSending()) put(id, { sentBytes, ...(sentBytes >= file.size ? { state: { kind: 'checking' } } : {}) });
      },
      onDone: (media) => settle(id, { kind: 'done', media }),
      onFailed: (failure, canRetry) => settle(id, { kind: 'failed', failure, canRetry }),
    };
    transfers.set(id, open(file, unitId, events));
  }

  return {
    jobs: () => jobs,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(files, unitId) {
      for (const file of files) addOne(file, unitId);
      startWaiting();
    },
    pause(id) {
      transfers.get(id)?.pause();
      settle(id, { kind: 'paused' });
    },
    resume(id) {
      settle(id, { kind: 'waiting' });
    },
    remove(id) {
      const job = jobs.find((one) => one.id === id);
      if (job && job.state.kind !== 'done') transfers.get(id)?.cancel();
      transfers.delete(id);
      jobs = jobs.filter((one) => one.id !== id);
      startWaiting();
      for (const listener of listeners) listener();
    },
    clearDone() {
      jobs = jobs.filter(({ state }) => state.kind !== 'done');
      for (const listener of listeners) listener();
    },
  };
}

/** Whether closing the page would break something off. */
export function isBusy(jobs: readonly UploadJob[]): boolean {
  return jobs.some(({ state }) => state.kind === 'waiting' || state.kind === 'sending' || state.kind === 'checking');
}
