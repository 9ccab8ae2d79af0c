/** Adds a live source, or changes its names and address. */
import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { Stream } from '../../../../domain/catalogue/content.ts';
import { streamUrlSchema } from '../../../../protocol/common.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { useSession } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { newId } from '../../widgets/new-id.ts';
import { UnitSelect } from '../../widgets/unit-select.tsx';
import { FormField } from './form-field.tsx';
import { NameFields } from './name-fields.tsx';
import { texts } from './texts.ts';

/** `stream` null: a new one, of the unit of whoever adds it. */
export function StreamDialog({ stream, onClose }: { stream: Stream | null; onClose: () => void }) {
  const t = useTexts(texts);
  const words = useTexts(commonTexts);
  const { unitId } = useSession();
  const [draft, setDraft] = useState(() => stream ?? { id: newId('live'), name: '', nameEn: null, unitId, url: '' });
  const put = useApiMutation(API.putStream, { onSuccess: onClose });
  const isNamed = draft.name.trim() !== '';
  const isAddress = streamUrlSchema.safeParse(draft.url).success;
  const save = (): void => {
    if (isNamed && isAddress)
      put.mutate({ params: { id: draft.id }, body: { ...draft, nameEn: draft.nameEn?.trim() || null } });
  };
  return (
    <Modal
      open
      width={520}
      title={t(stream ? 'streamTitle' : 'newStream')}
      okText={words('save')}
      cancelText={words('cancel')}
      okButtonProps={{ disabled: !isNamed || !isAddress, loading: put.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="x-stack">
        <NameFields name={draft.name} nameEn={draft.nameEn} onChange={(patch) => setDraft({ ...draft, ...patch })} />
        <FormField
          label={t('streamUrl')}
          hint={t('streamHint')}
          fault={draft.url.trim() !== '' && !isAddress ? t('streamWrong') : null}
        >
          {(id) => (
            <Input
              id={id}
              value={draft.url}
              maxLength={1000}
              placeholder="https://live.example.gov.cn/town/index.m3u8"
              onChange={(e) => setDraft({ ...draft, url: e.target.value })}
              onPressEnter={save}
            />
          )}
        </FormField>
        <FormField label={words('unit')}>
          {(id) => (
            <UnitSelect id={id} value={draft.unitId} onChange={(unit) => setDraft({ ...draft, unitId: unit })} />
          )}
        </FormField>
        <FailureNote failure={put.error} />
      </div>
    </Modal>
  );
}
