/** The console's one upload queue, and the hook that shows it. */
import { useSyncExternalStore } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { refreshPaths } from '../../api/query-client.ts';
import { openTusTransfer } from './open-tus-transfer.ts';
import { createUploadQueue, isBusy, type UploadJob } from './upload-queue.ts';

/** The console's one upload queue; uploads go on while other pages are shown. */
export const uploads = createUploadQueue((file, unitId, events) =>
  openTusTransfer(file, unitId, {
    ...events,
    onDone(media) {
      events.onDone(media);
      void refreshPaths([API.media.path]);
    },
  }),
);

uploads.subscribe(() => {
  if (isBusy(uploads.jobs())) window.addEventListener('beforeunload', askFirst);
  else window.removeEventListener('beforeunload', askFirst);
});

function askFirst(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Every upload on the list, drawn anew as they go on. */
export function useUploads(): readonly UploadJob[] {
  return useSyncExternalStore(uploads.subscribe, uploads.jobs);
}
