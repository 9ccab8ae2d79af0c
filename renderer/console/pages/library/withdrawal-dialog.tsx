/** Takes an item from every screen, or gives it back: asks why, and says what follows. */
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { FormField } from './form-field.tsx';
import { isUnused, usesOf } from './item-uses.ts';
import { isWithdrawn, type LibraryItem } from './library-items.ts';
import { UsesList } from './uses-list.tsx';
import { withdrawalTexts } from './withdrawal-texts.ts';

/** Withdraws what is shown, restores what is withdrawn. */
export function WithdrawalDialog({ item, onClose }: { item: LibraryItem; onClose: () => void }) {
  const t = useTexts(withdrawalTexts);
  const words = useTexts(commonTexts);
  const name = useNameOf()(item);
  const { message } = App.useApp();
  const act = isWithdrawn(item) ? 'restored' : 'withdrawn';
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isGiven = reason.trim() !== '' && reason.trim().length <= 200;
  const decide = useDecide(item, () => {
    void message.success(t(`${act}.done`, { name }));
    onClose();
  });
  return (
    <Modal
      open
      centered
      width={480}
      title={t(`${act}.title`, { name })}
      okText={t(`${act}.save`)}
      okButtonProps={{ danger: act === 'withdrawn', loading: decide.isPending }}
      cancelText={words('cancel')}
      onOk={() => (isGiven ? decide.send(reason.trim()) : setAsked(true))}
      onCancel={onClose}
    >
      <div className="x-stack">
        <span>{t(`${act}.text`)}</span>
        {act === 'withdrawn' && <Uses item={item} />}
        <FormField label={t('reason')} hint={t('reasonHint')} fault={isAsked && !isGiven ? t('reasonMissing') : null}>
          {(id) => (
            <Input.TextArea
              id={id}
              value={reason}
              autoSize={{ minRows: 2, maxRows: 5 }}
              placeholder={t('reasonPlaceholder')}
              status={isAsked && !isGiven ? 'error' : ''}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </FormField>
        <FailureNote failure={decide.failure} />
      </div>
    </Modal>
  );
}

function Uses({ item }: { item: LibraryItem }) {
  const t = useTexts(withdrawalTexts);
  const campaigns = useApi(API.campaigns).data ?? [];
  const playlists = useApi(API.playlists).data ?? [];
  const uses = usesOf(item.id, campaigns, playlists);
  if (isUnused(uses)) return null;
  return (
    <div>
      <UsesList uses={uses} lead={t('withdrawn.uses')} />
    </div>
  );
}

function useDecide(
  item: LibraryItem,
  onSuccess: () => void,
): { send: (reason: string) => void; isPending: boolean; failure: Error | null } {
  const routes = {
    media: [useApiMutation(API.withdrawMedia, { onSuccess }), useApiMutation(API.restoreMedia, { onSuccess })],
    slogan: [useApiMutation(API.withdrawSlogan, { onSuccess }), useApiMutation(API.restoreSlogan, { onSuccess })],
  } as const;
  const [withdraw, restore] = 'media' in item ? routes.media : routes.slogan;
  const chosen = isWithdrawn(item) ? restore : withdraw;
  return {
    send: (reason) => chosen.mutate({ params: { id: item.id }, body: { reason } }),
    isPending: chosen.isPending,
    failure: chosen.error,
  };
}
