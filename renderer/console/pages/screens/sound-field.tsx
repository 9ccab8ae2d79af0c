/** Edits the sound of a screen: off, on with a volume, or on in some parts of the day. */
import { Segmented, Slider } from 'antd';
import type { Sound } from '../../../../domain/catalogue/organisation.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { DayPartsField } from '../campaigns/day-parts-field.tsx';
import { screenFormTexts } from './form-texts.ts';
import { faultOfPart } from './opening-hours-draft.ts';
import { type SoundMode, soundIn, soundMode } from './sound-draft.ts';

const MODES: SoundMode[] = ['off', 'always', 'parts'];

/** Works as a form field. */
export function SoundField({
  value = null,
  onChange = () => undefined,
}: {
  value?: Sound | null;
  onChange?: (value: Sound | null) => void;
}) {
  const t = useTexts(screenFormTexts);
  const fault = (place: string): string | null => {
    const part = value?.dayParts[Number(/^dayParts\.(\d+)$/.exec(place)?.[1] ?? Number.NaN)];
    const found = part ? faultOfPart(part) : null;
    return found && t(`fault.${found}`);
  };
  return (
    <div className="x-stack x-sound">
      <Segmented
        value={soundMode(value)}
        options={MODES.map((mode) => ({ value: mode, label: t(`sound.${mode}`) }))}
        onChange={(mode) => onChange(soundIn(mode, value))}
      />
      {value && (
        <div className="x-volume">
          <span className="x-faint">{t('volume')}</span>
          <Slider
            className="x-grow"
            min={1}
            max={100}
            value={value.volume}
            aria-label={t('volume')}
            tooltip={{ formatter: (percent) => `${percent} %` }}
            onChange={(volume) => onChange({ ...value, volume })}
          />
          <span className="x-num x-volume-percent">{value.volume} %</span>
        </div>
      )}
      {value && value.dayParts.length > 0 && (
        <DayPartsField
          place="dayParts"
          parts={value.dayParts}
          none=""
          fault={fault}
          onChange={(dayParts) => onChange({ ...value, dayParts })}
        />
      )}
      {value && <span className="x-faint">{t('soundHint')}</span>}
    </div>
  );
}
