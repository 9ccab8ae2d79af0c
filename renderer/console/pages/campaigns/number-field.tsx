/** A number with its unit behind it; what is out of range is said, never changed behind one's back. */
import { InputNumber } from 'antd';
import { FormField } from '../library/form-field.tsx';

type Props = {
  label: string;
  unit: string;
  value: number | null;
  fault: string | null;
  placeholder?: string;
  hint?: string;
  isLarge?: boolean;
  onChange: (value: number | null) => void;
};

/** An empty field is null. */
export function NumberField({ label, unit, value, fault, placeholder, hint, isLarge = false, onChange }: Props) {
  return (
    <FormField label={label} fault={fault} hint={hint}>
      {(id) => (
        <InputNumber
          id={id}
          className={isLarge ? 'c-number c-number-large x-num' : 'c-number x-num'}
          value={value}
          placeholder={placeholder ?? ''}
          suffix={<span className="x-faint">{unit}</span>}
          status={fault ? 'error' : ''}
          onChange={onChange}
        />
      )}
    </FormField>
  );
}
