/** The unit that uploads go to: the person's own until they choose another, as long as the console is open. */
import { useSyncExternalStore } from 'react';
import { useSession } from '../../app/session.ts';

let chosen: string | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function choose(unitId: string): void {
  chosen = unitId;
  for (const listener of listeners) listener();
}

/** The unit and the function that chooses another. */
export function useUploadUnit(): [string, (unitId: string) => void] {
  const { unitId } = useSession();
  const picked = useSyncExternalStore(subscribe, () => chosen);
  return [picked ?? unitId, choose];
}
