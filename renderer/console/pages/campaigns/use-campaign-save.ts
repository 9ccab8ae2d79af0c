/** Saving a campaign: what does not fit is not sent without a reason, and faults the server finds go back to their fields. */
import { useState } from 'react';
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { API } from '../../../../protocol/http/api.ts';
import { ApiFailure } from '../../api/api-failure.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { type FieldFault, fieldFault } from './field-fault.ts';

/** `asked`: the campaign that waits for a reason; `failure`: what no field can say. */
export type CampaignSave = {
  isSaving: boolean;
  asked: Campaign | null;
  serverFaults: FieldFault[];
  failure: Error | null;
  save(campaign: Campaign, fits: boolean | null): Promise<Campaign | null>;
  saveAnyway(reason: string): Promise<Campaign | null>;
  /** Takes back the question, and what the server said of an earlier attempt. */
  forget(): void;
};

/** `fits` of `save` is what the check says of this very campaign: null where it has not said. */
export function useCampaignSave(): CampaignSave {
  const put = useApiMutation(API.putCampaign);
  const [asked, setAsked] = useState<Campaign | null>(null);

  async function send(campaign: Campaign): Promise<Campaign | null> {
    try {
      const answer = await put.mutateAsync({ params: { id: campaign.id }, body: campaign });
      setAsked(null);
      return answer;
    } catch (thrown) {
      if (thrown instanceof ApiFailure && thrown.code === 'does-not-fit') setAsked(campaign);
      return null;
    }
  }

  const refusal = put.error instanceof ApiFailure ? put.error : null;
  const isQuestion = refusal?.code === 'does-not-fit';
  return {
    isSaving: put.isPending,
    asked,
    serverFaults: isQuestion ? [] : (refusal?.faults ?? []).map(fieldFault),
    failure: isQuestion ? null : put.error,
    async save(campaign, fits) {
      const unexcused = { ...campaign, overrideReason: null };
      if (campaign.state === 'live' && fits === false) {
        setAsked(unexcused);
        return null;
      }
      return send(unexcused);
    },
    saveAnyway: async (reason) => (asked ? send({ ...asked, overrideReason: reason }) : null),
    forget() {
      setAsked(null);
      if (put.error) put.reset();
    },
  };
}
