/** The slogan editor: a drawer with the screen as it will look beside the fields that make it. */
import { App, Button, Drawer } from 'antd';
import { useMemo, useState } from 'react';
import type { Slogan } from '../../../../domain/catalogue/content.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { useSession } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { newId } from '../../widgets/new-id.ts';
import { ChangeOverrideDialog } from '../campaigns/change-override-dialog.tsx';
import { useChangeOverride } from '../campaigns/use-change-override.ts';
import { draftOfSlogan, newSloganDraft, parseSlogan, type SloganDraft, type SloganFaults } from './slogan-draft.ts';
import { SloganFields } from './slogan-fields.tsx';
import { SloganPreview } from './slogan-preview.tsx';
import { sloganTexts } from './slogan-texts.ts';
import { SloganUses } from './slogan-uses.tsx';
import { WithdrawalNote } from './withdrawal-note.tsx';
import './slogan-editor.css';

/** Edits `slogan`, or a new one where it is null. */
export function SloganEditor({ slogan, onClose }: { slogan: Slogan | null; onClose: () => void }) {
  const t = useTexts(sloganTexts);
  const { modal, message } = App.useApp();
  const { unitId } = useSession();
  const first = useMemo(
    () => (slogan ? draftOfSlogan(slogan) : newSloganDraft(newId('slogan'), unitId)),
    [slogan, unitId],
  );
  const [draft, setDraft] = useState<SloganDraft>(first);
  const [showFaults, setShowFaults] = useState(false);
  const [pages, setPages] = useState(1);
  const put = useApiMutation(API.putSlogan, {
    onSuccess() {
      void message.success(t('saved'));
      onClose();
    },
  });
  const override = useChangeOverride();
  const parsed = parseSlogan(draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(first);

  function save(): void {
    if (!parsed.ok) {
      setShowFaults(true);
      return;
    }
    const { slogan: body } = parsed;
    void override.save({
      change: { collection: 'slogans', entity: body },
      async send(overrideReason) {
        await put.mutateAsync({ params: { id: body.id }, query: { overrideReason }, body });
      },
    });
  }

  function close(): void {
    if (!isChanged) {
      onClose();
      return;
    }
    void modal.confirm({
      title: t('discardTitle'),
      okText: t('discard'),
      cancelText: t('keep'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: onClose,
    });
  }

  return (
    <Drawer
      open
      size="min(1080px, 100vw)"
      title={slogan ? t('editTitle') : t('newTitle')}
      onClose={close}
      footer={
        <div className="l-editor-foot">
          <Button onClick={close}>{t('close')}</Button>
          <Button type="primary" loading={put.isPending} disabled={slogan !== null && !isChanged} onClick={save}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <div className="l-editor">
        <SloganPreview draft={draft} onPages={setPages} />
        <div className="x-stack">
          {slogan && <WithdrawalNote of={slogan} />}
          {slogan && <SloganUses id={slogan.id} />}
          {!override.asked && <FailureNote failure={put.error} />}
          <SloganFields
            draft={draft}
            faults={parsed.ok ? {} : showFaults ? parsed.faults : lateFaults(parsed.faults)}
            pages={pages}
            onChange={(patch) => setDraft({ ...draft, ...patch })}
          />
        </div>
      </div>
      <ChangeOverrideDialog override={override} />
    </Drawer>
  );
}

/** Faults said at once: what is missing is not said before somebody wants to save. */
function lateFaults({ text, ...others }: SloganFaults): SloganFaults {
  return text === 'textMissing' || text === undefined ? others : { ...others, text };
}
