/** The fields of a takeover: what it says, how long, and where. */
import { Button, InputNumber, Segmented } from 'antd';
import type { Screen } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { UnitSelect } from '../../widgets/unit-select.tsx';
import { TargetFields } from '../campaigns/target-fields.tsx';
import { countByVenue } from '../campaigns/target-screens.ts';
import { FormField } from '../library/form-field.tsx';
import { MessageTexts } from '../library/message-texts.tsx';
import { useOwnUnits } from '../library/own-units.ts';
import { sloganTexts } from '../library/slogan-texts.ts';
import { ThemeChoice } from '../library/theme-choice.tsx';
import type { TakeoverDraft, TakeoverFaults } from './takeover-draft.ts';
import { takeoverTexts } from './texts.ts';

type Props = {
  draft: TakeoverDraft;
  faults: TakeoverFaults;
  meant: readonly Screen[];
  onChange: (patch: Partial<TakeoverDraft>) => void;
};

const QUICK = [15, 60, 240, 1440] as const;

/** `meant`: the screens that it means as it stands. */
export function TakeoverFields({ draft, faults, meant, onChange }: Props) {
  const t = useTexts(takeoverTexts);
  const looks = useTexts(sloganTexts);
  const { own } = useOwnUnits();
  return (
    <>
      <MessageTexts draft={draft} faults={faults} t={t} hint={t('textHint')} onChange={onChange} />
      <FormField label={looks('theme')}>
        <ThemeChoice theme={draft.theme} onChoose={(theme) => onChange({ theme })} />
      </FormField>
      <FormField label={t('length')} fault={faults.minutes && t(faults.minutes)}>
        {(id) => (
          <div className="t-length">
            <InputNumber
              id={id}
              className="x-num"
              min={1}
              max={1440}
              precision={0}
              suffix={t('minutes')}
              value={draft.minutes}
              status={faults.minutes ? 'error' : ''}
              onChange={(minutes) => onChange({ minutes })}
            />
            {QUICK.map((minutes) => (
              <Button
                key={minutes}
                size="small"
                type={draft.minutes === minutes ? 'primary' : 'default'}
                ghost={draft.minutes === minutes}
                onClick={() => onChange({ minutes })}
              >
                {t(`quick.${minutes}`)}
              </Button>
            ))}
          </div>
        )}
      </FormField>
      {own.length > 1 && (
        <FormField label={t('unit')} hint={t('unitHint')}>
          {(id) => <UnitSelect id={id} value={draft.unitId} onChange={(unitId: string) => onChange({ unitId })} />}
        </FormField>
      )}
      <Where draft={draft} meant={meant} onChange={onChange} />
    </>
  );
}

function Where({ draft, meant, onChange }: Omit<Props, 'faults'>) {
  const t = useTexts(takeoverTexts);
  const words = useTexts(commonTexts);
  const screens = useApi(API.screens).data;
  const units = useApi(API.units).data;
  return (
    <FormField label={t('targets')}>
      <Segmented
        block
        value={draft.everywhere ? 'all' : 'some'}
        onChange={(value) => onChange({ everywhere: value === 'all' })}
        options={[
          { value: 'all', label: t('everyScreen') },
          { value: 'some', label: t('someScreens') },
        ]}
      />
      {!draft.everywhere && (
        <div className="t-targets">
          <TargetFields
            targets={draft.targets}
            screens={(screens ?? []).filter(({ kind }) => kind === 'player')}
            units={units ?? []}
            onChange={(targets) => onChange({ targets })}
          />
        </div>
      )}
      <p className="t-meant x-num" aria-live="polite">
        {meant.length === 0 ? (
          <span className="x-faint">{t('meantNone')}</span>
        ) : (
          <>
            <strong>{t('screens', { count: meant.length })}</strong>{' '}
            <span className="x-soft">
              {countByVenue(meant)
                .map(([venue, count]) => `${words(`venue.${venue}`)} ${count}`)
                .join(' · ')}
            </span>
          </>
        )}
      </p>
    </FormField>
  );
}
