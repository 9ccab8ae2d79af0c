/** Steps from day to day, or picks one. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, DatePicker, Space } from 'antd';
import dayjs from 'dayjs';
import { addDays } from '../../../../domain/time/zone-time.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { dayTexts } from './day-texts.ts';

/** `date` is on show; `onChange(null)` means the day of service now. */
export function DateStepper({
  date,
  isToday,
  onChange,
}: {
  date: string;
  isToday: boolean;
  onChange: (date: string | null) => void;
}) {
  const t = useTexts(dayTexts);
  return (
    <Space.Compact>
      <Button icon={<LeftOutlined />} aria-label={t('previous')} onClick={() => onChange(addDays(date, -1))} />
      <DatePicker
        allowClear={false}
        value={dayjs(date)}
        format="YYYY-MM-DD"
        style={{ width: 136 }}
        onChange={(picked) => picked && onChange(picked.format('YYYY-MM-DD'))}
      />
      <Button icon={<RightOutlined />} aria-label={t('next')} onClick={() => onChange(addDays(date, 1))} />
      <Button disabled={isToday} onClick={() => onChange(null)}>
        {t('today')}
      </Button>
    </Space.Compact>
  );
}
