/** Screens and dates in words, as short as they can be. */
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { bookingTexts } from './booking-texts.ts';
import { dateRanges } from './date-ranges.ts';
import { useDayText } from './use-day-text.ts';

/** `place` says both in a phrase; `screens` are all names, `ranges` all runs of dates. */
export type PlaceText = { place: string; screens: string[]; ranges: string[] };

/** Words `screens` on `dates`; `targetScreens`: how many are meant in all. */
export function usePlaceText(
  { screens: ids, dates }: { readonly screens: readonly string[]; readonly dates: readonly string[] },
  targetScreens: number,
): PlaceText {
  const t = useTexts(bookingTexts);
  const nameOf = useNameOf();
  const day = useDayText();
  const known = useApi(API.screens).data ?? [];
  const byId = new Map(known.map((screen) => [screen.id, screen]));
  const screens = ids.map((id) => {
    const screen = byId.get(id);
    return screen ? nameOf(screen) : id;
  });
  const [first = ''] = screens;
  const isAll = screens.length === targetScreens && screens.length > 1;
  const several = isAll ? t('allScreens') : t('screensNamed', { first, count: screens.length });
  const ranges = dateRanges(dates).map(({ from, to }) =>
    from === to ? day(from) : t('dateSpan', { from: day(from), to: day(to) }),
  );
  const [firstDates = ''] = ranges;
  const when = ranges.length === 1 ? firstDates : t('datesMore', { first: firstDates, count: new Set(dates).size });
  return { place: t('where', { screens: screens.length === 1 ? first : several, dates: when }), screens, ranges };
}
