/** The flights of a campaign: named date ranges. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { flightEnd } from '../../../../domain/catalogue/campaign.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { newId } from '../../widgets/new-id.ts';
import { FormField } from '../library/form-field.tsx';
import { changeAt, endingOn, type FlightDraft, newFlight, withoutFlight } from './campaign-draft.ts';
import { flightName } from './flight-name.ts';
import { useCampaignForm } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { formTexts } from './form-texts.ts';
import { useDayText } from './use-day-text.ts';
import { flightDays } from './year-axis.ts';

/** The section of flights. */
export function SectionFlights() {
  const t = useTexts(formTexts);
  const { draft, change, fault } = useCampaignForm();
  const add = (): void => {
    const named = flightName(draft.flights.length + 1);
    change({ flights: [...draft.flights, { ...newFlight(newId), ...named }] });
  };
  return (
    <FormSection title={t('flights')} lead={t('flightsLead')} fault={fault('flights')}>
      {draft.flights.map((flight, at) => (
        <FlightRow key={flight.id} flight={flight} at={at} />
      ))}
      <Button type="dashed" icon={<PlusOutlined />} onClick={add}>
        {t('addFlight')}
      </Button>
    </FormSection>
  );
}

function FlightRow({ flight, at }: { flight: FlightDraft; at: number }) {
  const t = useTexts(formTexts);
  const { draft, change, fault } = useCampaignForm();
  const set = (patch: Partial<FlightDraft>): void => change({ flights: changeAt(draft.flights, at, patch) });
  const day = useDayText();
  const dateFault = fault(`flights.${at}.to`) ?? fault(`flights.${at}.from`) ?? fault(`flights.${at}`);
  const days = flightDays(flight.from, flightEnd(flight));
  const extended = flight.extendedTo === null ? null : t('extendedTo', { date: day(flight.extendedTo) });
  return (
    <div className="c-flight">
      <FormField label={t('flightName')} fault={fault(`flights.${at}.name`)}>
        {(id) => <Input id={id} value={flight.name} onChange={(event) => set({ name: event.target.value })} />}
      </FormField>
      <FormField label={t('flightNameEn')} fault={fault(`flights.${at}.nameEn`)}>
        {(id) => (
          <Input
            id={id}
            value={flight.nameEn ?? ''}
            onChange={(event) => set({ nameEn: event.target.value === '' ? null : event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('flightDates')} hint={extended} fault={dateFault}>
        {(id) => (
          <div className="c-dates">
            <DatePicker
              id={id}
              value={flight.from ? dayjs(flight.from) : null}
              status={dateFault ? 'error' : ''}
              onChange={(date) => set({ from: date ? date.format('YYYY-MM-DD') : '' })}
            />
            <span className="x-faint">–</span>
            <DatePicker
              aria-label={`${t('flightDates')} ${t('to')}`}
              value={flight.to ? dayjs(flight.to) : null}
              {...(flight.from && !flight.to ? { defaultPickerValue: dayjs(flight.from) } : {})}
              status={dateFault ? 'error' : ''}
              onChange={(date) => set(endingOn(flight, date ? date.format('YYYY-MM-DD') : ''))}
            />
          </div>
        )}
      </FormField>
      <span className="c-flight-days x-num x-soft">{days === null ? '' : t('flightDays', { days })}</span>
      <Button
        type="text"
        className="c-remove"
        disabled={draft.flights.length < 2}
        icon={<CloseOutlined />}
        aria-label={`${t('removeRow')} ${flight.name}`}
        onClick={() => change(withoutFlight(draft, flight.id))}
      />
    </div>
  );
}
