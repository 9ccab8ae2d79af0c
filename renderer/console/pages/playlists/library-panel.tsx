/** The library beside the editor: a click puts an item at the end of the list. */
import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { ItemStill } from '../library/item-still.tsx';
import { itemsMatching, type LibraryItem } from '../library/library-items.ts';
import { texts } from './texts.ts';

const KINDS = ['all', 'film', 'poster', 'slogan', 'live'] as const;
type Kind = (typeof KINDS)[number];

const isKind = (item: LibraryItem, kind: Kind): boolean =>
  kind === 'all' || item.kind === kind || (kind === 'slogan' && 'slogan' in item);

/** Search and kinds above, items below. */
export function LibraryPanel({ items, onAdd }: { items: readonly LibraryItem[]; onAdd: (item: LibraryItem) => void }) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const [kind, setKind] = useState<Kind>('all');
  const [search, setSearch] = useState('');
  const shown = itemsMatching(items, search).filter((item) => isKind(item, kind));
  return (
    <aside className="x-panel p-library" aria-label={t('library')}>
      <Input
        allowClear
        variant="filled"
        prefix={<SearchOutlined className="x-faint" />}
        placeholder={t('search')}
        aria-label={t('search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <Segmented<Kind>
        size="small"
        value={kind}
        onChange={setKind}
        options={KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
      />
      {shown.length === 0 && <p className="p-library-none x-faint">{t('libraryNone')}</p>}
      <ul className="p-library-items">
        {shown.map((item) => (
          <li key={item.id}>
            <button type="button" className="p-library-item" onClick={() => onAdd(item)}>
              <span className="p-library-still">
                <ItemStill item={item} />
              </span>
              <span className="p-library-name">{nameOf(item)}</span>
              <span className="x-num x-faint">{item.durationMs === null ? '' : clockLength(item.durationMs)}</span>
              <PlusOutlined className="p-library-plus" aria-label={t('add', { name: nameOf(item) })} />
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
