/** The two texts of a message as they are written: Chinese, and English beneath it. */
import { Input } from 'antd';
import type { Say } from '../../i18n/i18n.ts';
import { FormField } from './form-field.tsx';
import type { MessageFaults } from './slogan-draft.ts';

type Texts = { text: string; textEn: string };
type Props = {
  draft: Texts;
  faults: MessageFaults;
  t: Say<keyof Texts | 'textPlaceholder' | 'textEnPlaceholder' | 'textMissing' | 'textLong'>;
  hint?: string;
  onChange: (patch: Partial<Texts>) => void;
};

/** Two fields in the words of the page they stand on. */
export function MessageTexts({ draft, faults, t, hint, onChange }: Props) {
  return (
    <>
      <FormField label={t('text')} hint={hint} fault={faults.text && t(faults.text)}>
        {(id) => (
          <Input.TextArea
            id={id}
            lang="zh-CN"
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={draft.text}
            placeholder={t('textPlaceholder')}
            status={faults.text ? 'error' : ''}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('textEn')} fault={faults.textEn && t(faults.textEn)}>
        {(id) => (
          <Input.TextArea
            id={id}
            lang="en"
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={draft.textEn}
            placeholder={t('textEnPlaceholder')}
            status={faults.textEn ? 'error' : ''}
            onChange={(event) => onChange({ textEn: event.target.value })}
          />
        )}
      </FormField>
    </>
  );
}
