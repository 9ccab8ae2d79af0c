/** Picks items of the library for a campaign: a click takes one in or out. */
import { CheckOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { ItemStill } from '../library/item-still.tsx';
import { isWithdrawn, itemsMatching } from '../library/library-items.ts';
import type { Library } from '../library/use-library.ts';
import { formTexts } from './form-texts.ts';

type Props = {
  library: Library;
  chosen: ReadonlySet<string>;
  onToggle: (item: string) => void;
  onClose: () => void;
};

/** Changes apply at once. */
export function CreativePicker({ library, chosen, onToggle, onClose }: Props) {
  const t = useTexts(formTexts);
  const nameOf = useNameOf();
  const [search, setSearch] = useState('');
  // What is withdrawn, or live, cannot be booked; what is chosen already can be taken out.
  const offered = library.items.filter((item) => (!isWithdrawn(item) && item.kind !== 'live') || chosen.has(item.id));
  const shown = itemsMatching(offered, search);
  return (
    <Modal
      open
      centered
      width={880}
      title={t('pickTitle')}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('pickDone')}
        </Button>
      }
    >
      <Input
        allowClear
        variant="filled"
        prefix={<SearchOutlined className="x-faint" />}
        placeholder={t('pickSearch')}
        aria-label={t('pickSearch')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {shown.length === 0 && (
        <p className="c-pick-none x-faint">{library.items.length === 0 ? t('pickEmpty') : t('pickNone')}</p>
      )}
      <ul className="c-pick">
        {shown.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              className="c-pick-item"
              aria-pressed={chosen.has(item.id)}
              onClick={() => onToggle(item.id)}
            >
              <ItemStill item={item} badges />
              <span className="x-ellipsis">{nameOf(item)}</span>
              {chosen.has(item.id) && <CheckOutlined className="c-pick-check" />}
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
