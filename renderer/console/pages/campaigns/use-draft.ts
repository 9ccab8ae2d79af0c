/** A draft of something saved: follows what others save until it is changed itself. */
import { useState } from 'react';

/** The draft, the function that changes it, and whether it differs from what is saved. */
export type DraftState<D> = [draft: D, setDraft: (next: D | ((now: D) => D)) => void, isChanged: boolean];

/** `saved` is what the server has; `same` tells whether two drafts say the same. */
export function useDraft<D>(saved: D, same: (left: D, right: D) => boolean): DraftState<D> {
  const [base, setBase] = useState(saved);
  const [draft, setDraft] = useState(saved);
  if (!same(base, saved)) {
    setBase(saved);
    if (same(draft, base)) setDraft(saved);
  }
  return [draft, setDraft, !same(draft, saved)];
}
