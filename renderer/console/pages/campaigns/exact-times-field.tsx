/** A list of times of day, typed as people type them. */
import { Select, Tag } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { wallTimeFrom } from '../../widgets/wall-time.ts';
import { FormField } from '../library/form-field.tsx';
import { formTexts } from './form-texts.ts';
import { exactTimesFrom } from './promise-mode.ts';

type Props = { times: readonly string[]; fault: string | null; onChange: (times: string[]) => void };

const BETWEEN_TIMES = [',', '，', '、', ';', '；', '/', ' ', '\u3000', '\n'];

/** `onChange` gets them in HH:MM, in order; one that cannot be read stays as it was typed and is marked. */
export function ExactTimesField({ times, fault, onChange }: Props) {
  const t = useTexts(formTexts);
  return (
    <FormField label={t('exactTimes')} hint={t('exactTimesHint')} fault={fault}>
      {(id) => (
        <Select
          id={id}
          mode="tags"
          open={false}
          suffixIcon={null}
          className="c-exact x-num"
          placeholder="08:00、12:00、18:30"
          status={fault ? 'error' : ''}
          value={[...times]}
          tokenSeparators={BETWEEN_TIMES}
          onChange={(typed: string[]) => onChange(exactTimesFrom(typed))}
          tagRender={({ value, closable, onClose }) => (
            <Tag
              className="c-exact-time"
              closable={closable}
              onClose={onClose}
              {...(wallTimeFrom(String(value)) === null && { color: 'error' })}
            >
              {String(value)}
            </Tag>
          )}
        />
      )}
    </FormField>
  );
}
