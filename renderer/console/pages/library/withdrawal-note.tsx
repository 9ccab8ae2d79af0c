/** Says of a withdrawn item who took it from the screens, when and why. */
import { Alert } from 'antd';
import type { Withdrawable } from '../../../../domain/catalogue/content.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { withdrawalTexts } from './withdrawal-texts.ts';

/** Nothing where it never was withdrawn; where it was restored, a quiet line. */
export function WithdrawalNote({ of }: { of: Withdrawable }) {
  const t = useTexts(withdrawalTexts);
  const time = useTimes();
  const last = of.withdrawals?.at(-1);
  const said = last && { name: last.byName, time: time(last.atMs, 'moment'), reason: last.reason };
  if (of.withdrawnAtMs === null) return said ? <p className="x-faint">{t('noteRestored', said)}</p> : null;
  return <Alert type="warning" showIcon title={said ? t('note', said) : t('mark')} description={t('nowhere')} />;
}
