/** Renames a film or poster in both languages. */
import { Modal } from 'antd';
import { useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import type { LibraryItem } from './library-items.ts';
import { NameFields } from './name-fields.tsx';
import { texts } from './texts.ts';

/** Saved by its button or by Enter. */
export function RenameDialog({ item, onClose }: { item: LibraryItem; onClose: () => void }) {
  const t = useTexts(texts);
  const words = useTexts(commonTexts);
  const [names, setNames] = useState({ name: item.name, nameEn: item.nameEn ?? '' });
  const { name, nameEn } = names;
  const rename = useApiMutation(API.patchMedia, { onSuccess: onClose });
  const isNamed = name.trim() !== '';
  const save = (): void => {
    if (!isNamed) return;
    rename.mutate({ params: { id: item.id }, body: { name, nameEn: nameEn.trim() === '' ? null : nameEn } });
  };
  return (
    <Modal
      open
      width={440}
      title={t('renameTitle')}
      okText={words('save')}
      cancelText={words('cancel')}
      okButtonProps={{ disabled: !isNamed, loading: rename.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="x-stack">
        <NameFields
          {...names}
          isWrong={!isNamed}
          onChange={(patch) => setNames({ ...names, ...patch })}
          onEnter={save}
        />
        <FailureNote failure={rename.error} />
      </div>
    </Modal>
  );
}
