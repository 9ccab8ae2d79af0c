/** A field for a time of day that may lie past midnight, such as 25:30. */
import { Input } from 'antd';
import { useState } from 'react';
import { wallTimeFrom } from '../../widgets/wall-time.ts';
import './times.css';

type Props = { label: string; value: string; isFaulty: boolean; onChange: (time: string) => void };

/** What is typed is brought into the form HH:MM when the field is left; what is no time is handed on as it stands. */
export function WallTimeField({ label, value, isFaulty, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      className="c-time x-num"
      aria-label={label}
      value={typed ?? value}
      placeholder="08:00"
      maxLength={6}
      inputMode="numeric"
      status={isFaulty ? 'error' : ''}
      onChange={(event) => {
        setTyped(event.target.value);
        if (/^\d\d:\d\d$/.test(event.target.value)) onChange(event.target.value);
      }}
      onBlur={() => {
        if (typed !== null) onChange(wallTimeFrom(typed) ?? typed);
        setTyped(null);
      }}
      onFocus={(event) => event.target.select()}
    />
  );
}
