/** Names and times of explanations as the console shows them. */
import { useMemo } from 'react';
import {
  type ExplanationNames,
  type ExplanationWords,
  explanationWords,
} from '../../../../protocol/explanation-words.ts';
import type { ScreenDay } from '../../../../protocol/http/views.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { usePromiseLabel } from '../../widgets/promise-label.ts';
import { useTimes } from '../../widgets/zone-time.ts';

/** Words in the language of the interface, and names for `day`: a campaign's own, with its promise where it has several. */
export function useExplanationWords(day: ScreenDay): { words: ExplanationWords; names: ExplanationNames } {
  const language = useLanguage();
  const nameOf = useNameOf();
  const promiseLabel = usePromiseLabel();
  const time = useTimes();
  return useMemo(() => {
    const promise = (id: string): string => {
      const row = day.commitments.find(({ commitment }) => commitment === id);
      if (!row) return promiseLabel(id);
      const isOnly = day.commitments.every((other) => other === row || other.campaign.id !== row.campaign.id);
      return isOnly ? nameOf(row.campaign) : `${nameOf(row.campaign)} · ${promiseLabel(id)}`;
    };
    const item = (id: string): string => {
      const known = day.itemNames[id];
      return known ? nameOf(known) : id;
    };
    const names: ExplanationNames = { promise, item, clock: (ms, form) => time(ms, form, day.timeZone) };
    return { words: explanationWords(language === 'zh-CN' ? 'zh' : 'en'), names };
  }, [day, language, nameOf, promiseLabel, time]);
}
