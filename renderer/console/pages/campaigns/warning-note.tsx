/** Screens and dates that fit and are tight, and how full the fullest of them is. */
import { useTexts } from '../../i18n/i18n.ts';
import { type BookingWarning, loadText } from './booking-summary.ts';
import { bookingTexts } from './booking-texts.ts';
import { usePlaceText } from './use-place-text.ts';

/** One warning. */
export function WarningNote({ warning, targetScreens }: { warning: BookingWarning; targetScreens: number }) {
  const t = useTexts(bookingTexts);
  const { place } = usePlaceText(warning, targetScreens);
  return <p className="c-warning x-soft x-num">{t('warning', { place, percent: loadText(warning.load) })}</p>;
}
