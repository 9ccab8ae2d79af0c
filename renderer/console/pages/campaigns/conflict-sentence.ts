/** Why something does not fit, as one sentence. */
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { type Say, useLanguage, useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { formatTime } from '../../widgets/zone-time.ts';
import type { Trouble } from './booking-summary.ts';
import { bookingTexts } from './booking-texts.ts';
import type { CampaignDraft } from './campaign-draft.ts';
import { findPromise } from './promise-names.ts';
import { spanText } from './span-text.ts';

type BookingTexts = typeof bookingTexts extends { readonly keys?: infer Key extends string } ? Key : never;

/** Gives the function that words a conflict; times are of `zone`. */
export function useConflictSentence(
  draft: CampaignDraft | null,
  campaigns: readonly Campaign[],
): (conflict: Trouble['conflict'], zone: string | undefined) => string {
  const t = useTexts(bookingTexts);
  const language = useLanguage();
  const nameOf = useNameOf();
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return (conflict, zone) => {
    const named = conflict.commitments.map((id) => whose(t, id, draft, campaigns, nameOf));
    const { kind, limit } = conflict;
    return t(
      kind === 'limits' && limit === 'hour'
        ? 'why.limits-hour'
        : kind === 'limits' && limit === 'min-gap'
          ? 'why.limits-min-gap'
          : `why.${kind}`,
      {
        from: formatTime(language, conflict.startMs, 'minute', zone),
        to: formatTime(language, conflict.endMs, 'minute', zone),
        overflow: spanText(conflict.overflowMs, language),
        promises: list.format([...new Set(named)]),
      },
    );
  };
}

function whose(
  t: Say<BookingTexts>,
  id: string,
  draft: CampaignDraft | null,
  campaigns: readonly Campaign[],
  nameOf: (campaign: Campaign) => string,
): string {
  const found = findPromise(id, draft, campaigns);
  if (found.of === 'unknown') return t('unknownPromise');
  const isOne = draft?.commitments.length === 1;
  const own = found.of === 'draft' ? (isOne ? t('own') : t('ownNth', { n: found.index + 1 })) : null;
  const who = found.of === 'other' ? nameOf(found.campaign) : (own ?? '');
  const { minPlays } = found.commitment;
  return minPlays ? t('promiseOf', { who, what: t('countADay', { n: minPlays }) }) : who;
}
