/** A running takeover: what it says, on how many screens it stands, how long still, and the way to end it. */
import { App, Button, Progress } from 'antd';
import { API } from '../../../../protocol/http/api.ts';
import type { TakeoverView } from '../../../../protocol/takeover.ts';
import { explainFailure } from '../../api/explain-failure.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNowMs } from '../../widgets/now.ts';
import { StatusDot } from '../../widgets/status-dot.tsx';
import { useTimes } from '../../widgets/zone-time.ts';
import { TakeoverPicture } from './takeover-picture.tsx';
import { takeoverTexts } from './texts.ts';

/** Ended only after a question. */
export function TakeoverCard({ takeover }: { takeover: TakeoverView }) {
  const t = useTexts(takeoverTexts);
  const words = useTexts(commonTexts);
  const time = useTimes();
  const nowMs = useNowMs(1000);
  const { modal, message } = App.useApp();
  const end = useApiMutation(API.endTakeover, { onSuccess: () => void message.success(t('ended')) });
  const { id, screens, connected, showing, startedAtMs, endsAtMs, by } = takeover;
  const leftMs = Math.max(0, endsAtMs - nowMs);

  function ask(): void {
    void modal.confirm({
      title: t('endAsk'),
      content: t('endText', { count: screens }),
      okText: t('endNow'),
      cancelText: words('cancel'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () =>
        end.mutateAsync({ params: { id } }).catch((thrown: unknown) => {
          void message.error(explainFailure(thrown).sentence, 6);
        }),
    });
  }

  return (
    <li className="t-card">
      <div className="t-card-picture">
        <TakeoverPicture message={takeover} />
      </div>
      <div className="x-stack t-card-facts">
        <StatusDot
          tone={showing === screens ? 'good' : showing < connected ? 'warn' : 'steady'}
          label={<strong className="x-num">{t('showing', { showing, screens })}</strong>}
        />
        {screens > connected && <span className="x-soft x-num">{t('offline', { count: screens - connected })}</span>}
        <div>
          <Progress
            percent={100 - (100 * leftMs) / Math.max(1, endsAtMs - startedAtMs)}
            showInfo={false}
            size="small"
            status="normal"
          />
          <span className="x-num">{t('endsIn', { time: clockLength(leftMs) })}</span>
          <span className="x-faint x-num"> · {t('endsAt', { time: time(endsAtMs, 'moment') })}</span>
        </div>
        <span className="x-faint x-num">{t('startedBy', { name: by.name, time: time(startedAtMs, 'moment') })}</span>
        <Button danger loading={end.isPending} onClick={ask}>
          {t('endNow')}
        </Button>
      </div>
    </li>
  );
}
