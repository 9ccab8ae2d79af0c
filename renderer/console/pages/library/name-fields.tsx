/** The name of a thing in both languages, as it is written. */
import { Input } from 'antd';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FormField } from './form-field.tsx';

type Props = {
  name: string;
  nameEn: string | null;
  /** What the name is called where that is not simply "name". */
  label?: string;
  hint?: string;
  fault?: string | null;
  isWrong?: boolean;
  placeholder?: string;
  onChange: (patch: { name: string } | { nameEn: string }) => void;
  onEnter?: () => void;
};

/** `onEnter`: what the Enter key does in either field. */
export function NameFields({ name, nameEn, label, hint, fault, isWrong, placeholder, onChange, onEnter }: Props) {
  const words = useTexts(commonTexts);
  const shared = { maxLength: 200, ...(onEnter && { onPressEnter: onEnter }) };
  return (
    <>
      <FormField label={label ?? words('name')} hint={hint} fault={fault}>
        {(id) => (
          <Input
            {...shared}
            id={id}
            value={name}
            placeholder={placeholder}
            status={isWrong ? 'error' : ''}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={words('nameEn')}>
        {(id) => (
          <Input
            {...shared}
            id={id}
            value={nameEn ?? ''}
            placeholder={words('optional')}
            onChange={(event) => onChange({ nameEn: event.target.value })}
          />
        )}
      </FormField>
    </>
  );
}
