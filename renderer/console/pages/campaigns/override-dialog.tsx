/** Asks for the reason why a campaign is booked, or a change made, although promises do not fit. */
import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { Booking } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { FormField } from '../library/form-field.tsx';
import { bookingTexts } from './booking-texts.ts';
import { faultTexts } from './fault-texts.ts';
import { TroubleNote } from './trouble-note.tsx';
import { useTroubles } from './use-troubles.ts';

type Props = {
  /** What is saved: a campaign that is booked, or something that promises stand on. */
  of: 'campaign' | 'change';
  booking: Booking | null;
  firstReason: string;
  /** What breaks is still being found out. */
  isChecking?: boolean;
  isSaving: boolean;
  failure: Error | null;
  onSave: (reason: string) => void;
  onClose: () => void;
};

const MOST_SHOWN = 3;

/** `booking`: what is known of the conflicts; `firstReason`: one given earlier. */
export function OverrideDialog({
  of,
  booking,
  firstReason,
  isChecking = false,
  isSaving,
  failure,
  onSave,
  onClose,
}: Props) {
  const t = useTexts(bookingTexts);
  const faults = useTexts(faultTexts);
  const [reason, setReason] = useState(firstReason);
  const [isAsked, setAsked] = useState(false);
  const { troubles } = useTroubles(booking);
  const isGiven = reason.trim() !== '' && reason.trim().length <= 200;
  return (
    <Modal
      open
      centered
      width={560}
      title={t(`${of}.overrideTitle`)}
      okText={t(`${of}.overrideSave`)}
      // Not to be pressed while it may move, since what breaks is told above it.
      okButtonProps={{ danger: true, loading: isSaving, disabled: isChecking }}
      cancelText={t('overrideBack')}
      onOk={() => (isGiven ? onSave(reason.trim()) : setAsked(true))}
      onCancel={onClose}
    >
      <div className="x-stack">
        <span>{t(troubles.length > 0 ? `${of}.overrideText` : `${of}.overridePlain`)}</span>
        <div className="c-override-troubles">
          {troubles.slice(0, MOST_SHOWN).map((trouble, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: troubles have no identity of their own
            <TroubleNote key={at} trouble={trouble} targetScreens={booking?.targetScreens ?? 0} isPlain />
          ))}
          {troubles.length > MOST_SHOWN && (
            <p className="x-faint">{t('troublesMore', { count: troubles.length - MOST_SHOWN })}</p>
          )}
        </div>
        <FormField label={t('overrideReason')} fault={isAsked && !isGiven ? faults('reasonMissing') : null}>
          {(id) => (
            <Input.TextArea
              id={id}
              value={reason}
              autoSize={{ minRows: 2, maxRows: 5 }}
              placeholder={t('overridePlaceholder')}
              status={isAsked && !isGiven ? 'error' : ''}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </FormField>
        <FailureNote failure={failure} />
      </div>
    </Modal>
  );
}
