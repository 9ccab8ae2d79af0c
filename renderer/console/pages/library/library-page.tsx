/** The library: films, posters and slogans as calm grids; files are uploaded by button or by dropping them anywhere. */
import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Tabs } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { PageHeader } from '../../widgets/page-header.tsx';
import { DropZone } from './drop-zone.tsx';
import { ItemGrid } from './item-grid.tsx';
import { itemsMatching, type LibraryItem } from './library-items.ts';
import { PreviewDialog } from './preview-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { SloganEditor } from './slogan-editor.tsx';
import { StreamDialog } from './stream-dialog.tsx';
import { texts } from './texts.ts';
import { UploadButton } from './upload-button.tsx';
import { UploadTray } from './upload-tray.tsx';
import { useLibrary } from './use-library.ts';
import { WithdrawalDialog } from './withdrawal-dialog.tsx';
import './library.css';

const TABS = ['films', 'posters', 'slogans', 'streams'] as const;
type Tab = (typeof TABS)[number];

/** What stands open over the grid. */
type Open = { what: 'preview' | 'rename' | 'slogan' | 'stream' | 'withdrawal'; item: LibraryItem | null } | null;

const TAB_OF = { film: 'films', poster: 'posters', card: 'slogans', ticker: 'slogans', live: 'streams' } as const;
const tabOf = (item: LibraryItem): Tab => TAB_OF[item.kind];

/** The library page; the tab is part of the address. */
export default function LibraryPage() {
  const t = useTexts(texts);
  const mayEdit = useMay('editor');
  const navigate = useNavigate();
  const address = useParams()['*'];
  const tab = TABS.find((one) => one === address) ?? 'films';
  const library = useLibrary();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<Open>(null);
  const inTab = (one: Tab) => library.items.filter((item) => tabOf(item) === one);
  const close = (): void => setOpen(null);
  const newSlogan = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'slogan', item: null })}>
      {t('newSlogan')}
    </Button>
  );
  const newStream = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'stream', item: null })}>
      {t('newStream')}
    </Button>
  );
  const actions = tab === 'slogans' ? newSlogan : tab === 'streams' ? newStream : <UploadButton />;
  const editorOf = (item: LibraryItem): 'slogan' | 'stream' | 'preview' => {
    if ('media' in item || !mayEdit) return 'preview';
    return 'slogan' in item ? 'slogan' : 'stream';
  };
  return (
    <DropZone enabled={mayEdit}>
      <PageHeader title={t('title')} note={t('lead')} actions={mayEdit && actions} />
      {mayEdit && <UploadTray />}
      <FailureNote failure={library.failure} />
      <Tabs
        activeKey={tab}
        onChange={(key) => void navigate(`/library/${key}`)}
        items={TABS.map((key) => ({
          key,
          label: (
            <>
              {t(key)} <span className="l-count x-num">{library.isLoaded ? inTab(key).length : ''}</span>
            </>
          ),
        }))}
        tabBarExtraContent={
          <Input
            className="l-search"
            allowClear
            variant="filled"
            prefix={<SearchOutlined className="x-faint" />}
            placeholder={t('searchHint')}
            aria-label={t('searchHint')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        }
      />
      <ItemGrid
        tab={tab}
        items={itemsMatching(inTab(tab), search)}
        isLoaded={library.isLoaded}
        isSearched={search.trim() !== ''}
        emptyAction={mayEdit && actions}
        onOpen={(item) => setOpen({ what: editorOf(item), item })}
        onRename={(item) => setOpen({ what: 'rename', item })}
        onWithdraw={(item) => setOpen({ what: 'withdrawal', item })}
      />
      {open?.what === 'preview' && open.item && <PreviewDialog item={open.item} onClose={close} />}
      {open?.what === 'rename' && open.item && <RenameDialog item={open.item} onClose={close} />}
      {open?.what === 'withdrawal' && open.item && <WithdrawalDialog item={open.item} onClose={close} />}
      {open?.what === 'stream' && (
        <StreamDialog stream={open.item && 'stream' in open.item ? open.item.stream : null} onClose={close} />
      )}
      {open?.what === 'slogan' && (
        <SloganEditor slogan={open.item && 'slogan' in open.item ? open.item.slogan : null} onClose={close} />
      )}
    </DropZone>
  );
}
