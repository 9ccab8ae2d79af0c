/** What every section of the campaign form works with. */
import { createContext, use } from 'react';
import type { Library } from '../library/use-library.ts';
import type { CampaignDraft } from './campaign-draft.ts';

/** The form. `fault` gives the sentence for a field's place (`flights.0.to`), or null where nothing is wrong or it is too early to say. */
export type CampaignFormState = {
  draft: CampaignDraft;
  library: Library;
  isReadOnly: boolean;
  change(patch: Partial<CampaignDraft>): void;
  fault(place: string): string | null;
};

/** The form around its sections. */
export const CampaignFormContext = createContext<CampaignFormState | null>(null);

/** The form; only within it. */
export function useCampaignForm(): CampaignFormState {
  const form = use(CampaignFormContext);
  if (!form) throw new Error('useCampaignForm is used outside the campaign form');
  return form;
}

/** The campaign being written; null outside its form, as where a screen or loop is saved. */
export const useCampaignDraft = (): CampaignDraft | null => use(CampaignFormContext)?.draft ?? null;
