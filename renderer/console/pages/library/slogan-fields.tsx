/** The fields of a slogan. */
import { Button, InputNumber, Segmented, Select } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FormField } from './form-field.tsx';
import { MessageTexts } from './message-texts.tsx';
import { NameFields } from './name-fields.tsx';
import { useOwnUnits } from './own-units.ts';
import { beginningOf, type SloganDraft, type SloganFaults } from './slogan-draft.ts';
import { PAGE_MIN_MS, textWidthEm, tickerNeedsSeconds } from './slogan-limits.ts';
import { sloganTexts } from './slogan-texts.ts';
import { oneLine } from './text-pieces.ts';
import { ThemeChoice } from './theme-choice.tsx';

type Props = {
  draft: SloganDraft;
  faults: SloganFaults;
  pages: number;
  onChange: (patch: Partial<SloganDraft>) => void;
};

/** `pages`: how many pictures a card takes as it stands. */
export function SloganFields({ draft, faults, pages, onChange }: Props) {
  const t = useTexts(sloganTexts);
  const nameOf = useNameOf();
  const { own } = useOwnUnits();
  return (
    <>
      <FormField label={t('shape')} hint={t(`shapeHint.${draft.shape}`)}>
        <Segmented<'card' | 'ticker'>
          block
          value={draft.shape}
          onChange={(shape) => onChange({ shape })}
          options={[
            { value: 'card', label: t('shape.card') },
            { value: 'ticker', label: t('shape.ticker') },
          ]}
        />
      </FormField>
      <MessageTexts draft={draft} faults={faults} t={t} onChange={onChange} />
      <FormField label={t('theme')}>
        <ThemeChoice theme={draft.theme} onChoose={(theme) => onChange({ theme })} />
      </FormField>
      <FormField label={t(`duration.${draft.shape}`)} fault={faults.durationMs && t(faults.durationMs)}>
        {(id) => (
          <>
            <InputNumber
              id={id}
              className="x-num"
              suffix={t('seconds')}
              value={draft.durationMs === null ? null : draft.durationMs / 1000}
              status={faults.durationMs ? 'error' : ''}
              onChange={(seconds) => onChange({ durationMs: seconds === null ? null : Math.round(seconds * 1000) })}
            />
            <DurationAdvice draft={draft} pages={pages} onChange={onChange} />
          </>
        )}
      </FormField>
      <div className="l-two">
        <NameFields
          name={draft.name}
          nameEn={draft.nameEn}
          hint={t('nameHint')}
          placeholder={beginningOf(draft.text)}
          onChange={onChange}
        />
      </div>
      {own.length > 1 && (
        <FormField label={t('unit')}>
          {(id) => (
            <Select
              id={id}
              value={draft.unitId}
              onChange={(unitId) => onChange({ unitId })}
              options={own.map((unit) => ({ value: unit.id, label: nameOf(unit) }))}
              showSearch={{ optionFilterProp: 'label' }}
            />
          )}
        </FormField>
      )}
    </>
  );
}

/** What would make it readable: more time, or fewer words. */
function DurationAdvice({ draft, pages, onChange }: Omit<Props, 'faults'>) {
  const t = useTexts(sloganTexts);
  const seconds = neededSeconds(draft, pages);
  const isEnough = draft.durationMs === null || draft.durationMs >= seconds * 1000;
  if (isEnough && (draft.shape === 'ticker' || pages === 1)) return null;
  return (
    <p className="l-advice" role="status">
      {isEnough ? t('paged') : t(draft.shape === 'card' ? 'tooShort' : 'tooFast', { seconds })}
      {!isEnough && seconds <= 300 && (
        <Button type="link" size="small" onClick={() => onChange({ durationMs: seconds * 1000 })}>
          {t('useSeconds', { seconds })}
        </Button>
      )}
    </p>
  );
}

function neededSeconds(draft: SloganDraft, pages: number): number {
  if (draft.shape === 'card') return (pages * PAGE_MIN_MS) / 1000;
  return tickerNeedsSeconds(textWidthEm(oneLine(draft.text)), 16 / 9);
}
