/** A draft of something saved: follows what others save until it is changed itself. */
import { useState } from 'react';

/**
 * The draft, the function that changes it, whether it differs from what is saved, and `settle(sent, answer)` for when the draft `sent` was
 * saved and came back as `answer`: the draft becomes that, unless it was changed on the way.
 */
export type DraftState<D> = [
  draft: D,
  setDraft: (next: D | ((now: D) => D)) => void,
  isChanged: boolean,
  settle: (sent: D, answer: D) => void,
];

/** `saved` is what the server has; `same` tells whether two drafts say the same. */
export function useDraft<D>(saved: D, same: (left: D, right: D) => boolean): DraftState<D> {
  const [base, setBase] = useState(saved);
  const [draft, setDraft] = useState(saved);
  if (!same(base, saved)) {
    setBase(saved);
    if (same(draft, base)) setDraft(saved);
  }
  const settle = (sent: D, answer: D): void => setDraft((now) => (same(now, sent) ? answer : now));
  return [draft, setDraft, !same(draft, saved), settle];
}
