/** Spans of the day, as rows of two times. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { DayPart } from '../../../../domain/time/opening-hours.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { changeAt } from './campaign-draft.ts';
import { formTexts } from './form-texts.ts';
import { WallTimeField } from './wall-time-field.tsx';
import './times.css';

type Props = {
  place: string;
  parts: readonly DayPart[];
  none: string;
  fault: (place: string) => string | null;
  onChange: (parts: DayPart[]) => void;
};

/** `place`: where the parts lie, by which `fault` gives the sentence for what is wrong there; `none` is said while there are none. */
export function DayPartsField({ place, parts, none, fault, onChange }: Props) {
  const t = useTexts(formTexts);
  return (
    <div className="c-parts">
      {parts.length === 0 && <span className="x-faint">{none}</span>}
      {parts.map((part, at) => {
        const from = fault(`${place}.${at}.from`);
        const to = fault(`${place}.${at}.to`);
        const whole = fault(`${place}.${at}`);
        const said = from ?? to ?? whole;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity of their own
          <div key={at} className="c-part">
            <WallTimeField
              label={t('from')}
              value={part.from}
              isFaulty={(from ?? whole) !== null}
              onChange={(time) => onChange(changeAt(parts, at, { from: time }))}
            />
            <span className="x-faint">–</span>
            <WallTimeField
              label={t('to')}
              value={part.to}
              isFaulty={(to ?? whole) !== null}
              onChange={(time) => onChange(changeAt(parts, at, { to: time }))}
            />
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={`${t('removeRow')} ${part.from}–${part.to}`}
              onClick={() => onChange(parts.filter((_, other) => other !== at))}
            />
            {said && (
              <span className="f-fault" role="alert">
                {said}
              </span>
            )}
          </div>
        );
      })}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange([...parts, { from: '08:00', to: '20:00' }])}
      >
        {t('addDayPart')}
      </Button>
    </div>
  );
}
