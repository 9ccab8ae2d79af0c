/** When a row of a playlist is shown: opened from the row, with dates, weekdays, day parts and separation. */
import { ClockCircleOutlined } from '@ant-design/icons';
import { Button, Modal, Popover } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { useIsNarrow } from '../../widgets/narrow.ts';
import { ALWAYS, type ItemTimes, isLimited } from './item-times.ts';
import { texts } from './texts.ts';
import { TimesFields } from './times-fields.tsx';
import './times-popover.css';

type Props = { name: string; times: ItemTimes; isFaulty: boolean; onChange: (times: ItemTimes) => void };

/** The button is coloured where something binds the row. On a narrow window the fields open as a dialog. */
export function TimesPopover({ name, times, isFaulty, onChange }: Props) {
  const t = useTexts(texts);
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const isBound = isLimited(times) || times.separation !== null;
  const title = t('when.title', { name });
  const fields = (
    <div className="p-times">
      <TimesFields times={times} onChange={onChange} />
      <footer>
        <Button type="text" size="small" disabled={!isBound} onClick={() => onChange(ALWAYS)}>
          {t('when.clear')}
        </Button>
        <Button size="small" type="primary" onClick={() => setOpen(false)}>
          {t('when.done')}
        </Button>
      </footer>
    </div>
  );
  const button = (
    <Button
      type="text"
      size="small"
      className={isBound ? 'p-when p-when-on' : 'p-when'}
      danger={isFaulty}
      icon={<ClockCircleOutlined />}
      title={t('when.button')}
      aria-label={t('when.edit', { name })}
      {...(isNarrow && { onClick: () => setOpen(true) })}
    />
  );
  if (isNarrow) {
    return (
      <>
        {button}
        <Modal open={isOpen} title={title} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
          {fields}
        </Modal>
      </>
    );
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      title={title}
      destroyOnHidden
      content={fields}
    >
      {button}
    </Popover>
  );
}
