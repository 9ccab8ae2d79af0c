/** Composes a takeover: the screen as it will look beside the fields, and a confirmation that names how many screens. */
import { App, Button, Drawer, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { useSession } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { useTimes } from '../../widgets/zone-time.ts';
import { TurnedPreview } from '../library/turned-preview.tsx';
import '../library/slogan-editor.css';
import {
  newTakeoverDraft,
  screensTakenOver,
  type TakeoverDraft,
  type TakeoverFaults,
  takeoverFaults,
  takeoverRequest,
} from './takeover-draft.ts';
import { TakeoverFields } from './takeover-fields.tsx';
import { TakeoverPicture } from './takeover-picture.tsx';
import { takeoverTexts } from './texts.ts';

/** A drawer over the page. */
export function TakeoverEditor({ onClose }: { onClose: () => void }) {
  const t = useTexts(takeoverTexts);
  const { message } = App.useApp();
  const { unitId } = useSession();
  const screens = useApi(API.screens).data;
  const units = useApi(API.units).data;
  const [draft, setDraft] = useState<TakeoverDraft>(() => newTakeoverDraft(unitId));
  const [isAsked, setAsked] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const meant = useMemo(() => screensTakenOver(draft, screens ?? [], units ?? []), [draft, screens, units]);
  const faults = takeoverFaults(draft, meant.length);
  const isReady = Object.keys(faults).length === 0;
  const start = useApiMutation(API.startTakeover, {
    onSuccess() {
      void message.success(t('started'));
      onClose();
    },
  });
  const review = (): void => (isReady ? setConfirming(true) : setAsked(true));
  return (
    <Drawer
      open
      size="min(1080px, 100vw)"
      title={t('newTitle')}
      onClose={onClose}
      footer={
        <div className="l-editor-foot">
          <Button onClick={onClose}>{t('close')}</Button>
          <Button type="primary" danger onClick={review}>
            {t('review')}
          </Button>
        </div>
      }
    >
      <div className="l-editor">
        <Preview draft={draft} />
        <div className="x-stack">
          <TakeoverFields
            draft={draft}
            faults={isAsked ? faults : lateFaults(faults)}
            meant={meant}
            onChange={(patch) => setDraft({ ...draft, ...patch })}
          />
        </div>
      </div>
      {isConfirming && (
        <Confirm
          draft={draft}
          count={meant.length}
          failure={start.error}
          isSending={start.isPending}
          onSend={() => start.mutate({ body: takeoverRequest(draft) })}
          onBack={() => setConfirming(false)}
        />
      )}
    </Drawer>
  );
}

/** Stands in the preview until something is written; in Chinese, as on the screens. */
const EXAMPLE = '请立即有序撤离，听从工作人员指挥';

function Preview({ draft }: { draft: TakeoverDraft }) {
  const isEmpty = draft.text.trim() === '';
  const message = {
    text: isEmpty ? EXAMPLE : draft.text,
    textEn: draft.textEn.trim() === '' ? null : draft.textEn,
    theme: draft.theme,
  };
  return (
    <TurnedPreview isEmpty={isEmpty}>
      {(portrait) => <TakeoverPicture message={message} portrait={portrait} />}
    </TurnedPreview>
  );
}

type ConfirmProps = {
  draft: TakeoverDraft;
  count: number;
  failure: Error | null;
  isSending: boolean;
  onSend: () => void;
  onBack: () => void;
};

function Confirm({ draft, count, failure, isSending, onSend, onBack }: ConfirmProps) {
  const t = useTexts(takeoverTexts);
  const time = useTimes();
  const endsAtMs = useMemo(() => Date.now() + (draft.minutes ?? 0) * 60_000, [draft.minutes]);
  const { text, textEn, theme } = takeoverRequest(draft);
  return (
    <Modal
      open
      centered
      width={520}
      title={t('confirmTitle', { count })}
      okText={t('confirmSend', { count })}
      okButtonProps={{ danger: true, loading: isSending }}
      cancelText={t('back')}
      onOk={onSend}
      onCancel={onBack}
    >
      <div className="x-stack">
        <TakeoverPicture message={{ text, textEn, theme }} />
        <span>{t('confirmText', { time: time(endsAtMs, 'moment') })}</span>
        <FailureNote failure={failure} />
      </div>
    </Modal>
  );
}

/** Faults said at once: what is missing is not said before somebody wants to send. */
function lateFaults({ text, targets, ...others }: TakeoverFaults): TakeoverFaults {
  return text === 'textLong' ? { ...others, text } : others;
}
