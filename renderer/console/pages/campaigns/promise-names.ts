/** Whose promise an id of the booking check means: one of the draft's own, one of another campaign, or one nobody knows. */
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import type { CampaignDraft, CommitmentDraft } from './campaign-draft.ts';

/** A promise found by its id; `index` is its place in the draft. */
export type FoundPromise =
  | { of: 'draft'; index: number; commitment: CommitmentDraft }
  | { of: 'other'; campaign: Campaign; commitment: CommitmentDraft }
  | { of: 'unknown'; id: string };

/**
 * Finds the promise of `id`. Programs hold one commitment a flight, so that an id may bear more than the commitment's own:
 * `campaign`, `commitment` and `flight` joined by a punctuation mark, in any order.
 */
export function findPromise(id: string, draft: CampaignDraft | null, campaigns: readonly Campaign[]): FoundPromise {
  const own = draft?.commitments.findIndex((commitment) => bears(id, commitment.id)) ?? -1;
  const mine = draft?.commitments[own];
  if (draft && mine && !saysOther(id, draft.id, campaigns)) return { of: 'draft', index: own, commitment: mine };
  for (const campaign of byClaim(id, campaigns)) {
    const commitment = campaign.commitments.find((c) => bears(id, c.id));
    if (commitment && campaign.id !== draft?.id) return { of: 'other', campaign, commitment };
  }
  return { of: 'unknown', id };
}

/** A key that is the same for every id that means the same promise, whatever flight it is in. */
export function promiseKey(id: string, draft: CampaignDraft | null, campaigns: readonly Campaign[]): string {
  const found = findPromise(id, draft, campaigns);
  if (found.of === 'unknown') return id;
  return found.of === 'draft' ? `own ${found.index}` : `${found.campaign.id} ${found.commitment.id}`;
}

/** Whether `id` names another campaign outright, as where two campaigns both have a commitment `c1`. */
function saysOther(id: string, ownId: string, campaigns: readonly Campaign[]): boolean {
  return !bears(id, ownId) && campaigns.some((campaign) => campaign.id !== ownId && bears(id, campaign.id));
}

function byClaim(id: string, campaigns: readonly Campaign[]): Campaign[] {
  return [...campaigns].sort((a, b) => Number(bears(id, b.id)) - Number(bears(id, a.id)));
}

function bears(id: string, part: string): boolean {
  const at = id.indexOf(part);
  if (at < 0) return false;
  const before = id[at - 1];
  const after = id[at + part.length];
  return isMark(before) && isMark(after);
}

function isMark(character: string | undefined): boolean {
  return character === undefined || /[^A-Za-z0-9]/.test(character);
}
