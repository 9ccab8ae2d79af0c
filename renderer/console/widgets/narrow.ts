/** Whether the window is too narrow for columns. */
import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 720px)');

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** True below 720 pixels. */
export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
