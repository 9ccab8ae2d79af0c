/** Files dropped anywhere on the page. */
import { type SortedFiles, sortFiles } from './sort-files.ts';

/** Tells `onFiles` which of the dropped files is which; while files are over the page it says `words()`. */
export function takeDrops(onFiles: (files: Partial<SortedFiles>) => void, words: () => string): void {
  /** Elements that the files are over: one is entered before the one before it is left. */
  let depth = 0;
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const mark = (by: number): void => {
    depth = Math.max(0, depth + by);
    if (depth > 0) document.body.dataset.drop = words();
    else delete document.body.dataset.drop;
  };
  document.addEventListener('dragenter', (event) => hasFiles(event) && mark(1));
  document.addEventListener('dragleave', (event) => hasFiles(event) && mark(-1));
  document.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener('drop', async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(-depth);
    const { bundle, policy } = await sortFiles([...(event.dataTransfer?.files ?? [])]);
    onFiles({ ...(bundle && { bundle }), ...(policy && { policy }) });
  });
}
