/** One conflict: why, where and when, and the count that would fit there. */
import { Popover } from 'antd';
import type { Weekday } from '../../../../domain/time/weekday.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useLanguage, useTexts } from '../../i18n/i18n.ts';
import type { Trouble } from './booking-summary.ts';
import { bookingTexts } from './booking-texts.ts';
import { closedDaysOf } from './closed-days.ts';
import { useConflictSentence } from './conflict-sentence.ts';
import { useCampaignDraft } from './form-context.ts';
import { findPromise } from './promise-names.ts';
import { usePlaceText } from './use-place-text.ts';

type Props = { trouble: Trouble; targetScreens: number; isPlain?: boolean };

/** `isPlain`: nothing can be clicked, as within the dialog that asks for a reason. */
export function TroubleNote({ trouble, targetScreens, isPlain = false }: Props) {
  const t = useTexts(bookingTexts);
  const draft = useCampaignDraft();
  const screens = useApi(API.screens).data ?? [];
  const campaigns = useApi(API.campaigns).data ?? [];
  const sentence = useConflictSentence(draft, campaigns);
  const { conflict } = trouble;
  const byId = new Map(screens.map((screen) => [screen.id, screen]));
  const { place, screens: named, ranges } = usePlaceText(trouble, targetScreens);
  const weekdays = useWeekdayList();
  const closedDays = closedDaysOf(trouble, (id) => byId.get(id));
  const own = findPromise(conflict.commitments[0] ?? '', draft, campaigns);
  const { fits } = conflict;
  const counted = own.of === 'draft' && own.commitment.exactTimes.length === 0 ? (own.commitment.minPlays ?? 0) : 0;
  const isOwn = closedDays === null && fits < counted;
  return (
    <article className="c-trouble">
      <p>
        {closedDays
          ? t('closedDays', { days: weekdays(closedDays) })
          : sentence(conflict, byId.get(trouble.screens[0] ?? '')?.timeZone)}
      </p>
      {isPlain ? (
        <p className="x-soft x-num">{place}</p>
      ) : (
        <Popover
          trigger="click"
          placement="left"
          content={
            <div className="c-trouble-list x-num">
              <p>{ranges.join(', ')}</p>
              <ul>
                {named.slice(0, 100).map((name) => (
                  <li key={name}>{name}</li>
                ))}
              </ul>
              {named.length > 100 && <p className="x-faint">+{named.length - 100}</p>}
            </div>
          }
        >
          <button type="button" className="c-trouble-where x-num" title={t('showScreens')}>
            {place}
          </button>
        </Popover>
      )}
      {isOwn && <p className="c-trouble-here x-num">{fits > 0 ? t('fitsHere', { n: fits }) : t('fitsNone')}</p>}
    </article>
  );
}

/** Names weekdays in a row: `周六、周日`, `Sat and Sun`. */
function useWeekdayList(): (days: readonly Weekday[]) => string {
  const words = useTexts(commonTexts);
  const language = useLanguage();
  return (days) => {
    const names = days.map((day) => words(`weekday.${day}`));
    return language === 'zh-CN' ? names.join('、') : new Intl.ListFormat(language).format(names);
  };
}
