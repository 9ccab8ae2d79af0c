/** Uploads under way and just finished, each with its progress and what can be done about it. */
import { CaretRightOutlined, CloseOutlined, PauseOutlined, RedoOutlined } from '@ant-design/icons';
import { Button, Progress, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { ApiFailure } from '../../api/api-failure.ts';
import { explainFailure } from '../../api/explain-failure.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { StatusShape, type Tone } from '../../widgets/status-dot.tsx';
import { bytesText } from './measures.ts';
import { texts } from './texts.ts';
import { isBusy, type UploadJob, type UploadState } from './upload-queue.ts';
import { uploads, useUploads } from './uploads.ts';

const TONES: Record<UploadState['kind'], Tone> = {
  waiting: 'blank',
  sending: 'steady',
  paused: 'blank',
  checking: 'steady',
  done: 'good',
  failed: 'bad',
};

/** Nothing while there are no uploads. */
export function UploadTray() {
  const t = useTexts(texts);
  const jobs = useUploads();
  if (jobs.length === 0) return null;
  const active = jobs.filter(({ state }) => state.kind !== 'done' && state.kind !== 'failed').length;
  return (
    <section className="x-panel l-tray" aria-label={t('uploads')}>
      <header>
        <strong>{isBusy(jobs) || active > 0 ? t('uploadsBusy', { count: active }) : t('uploadsDone')}</strong>
        {jobs.some(({ state }) => state.kind === 'done') && (
          <Button type="link" size="small" onClick={() => uploads.clearDone()}>
            {t('clearDone')}
          </Button>
        )}
      </header>
      <ul>
        {jobs.map((job) => (
          <UploadRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function UploadRow({ job }: { job: UploadJob }) {
  const t = useTexts(texts);
  const { state } = job;
  const said = { sent: bytesText(job.sentBytes), total: bytesText(job.bytes) };
  const percent = state.kind === 'done' ? 100 : Math.floor((job.sentBytes / Math.max(1, job.bytes)) * 100);
  return (
    <li className="l-upload">
      <StatusShape tone={TONES[state.kind]} />
      <span className="l-upload-name x-ellipsis">{job.fileName}</span>
      <span className="l-upload-state x-num x-soft">{t(`state.${state.kind}`, said)}</span>
      <span className="l-upload-buttons">
        <Buttons job={job} />
      </span>
      {state.kind === 'failed' ? (
        <p className="l-upload-failure" role="alert">
          <FailureWords failure={state.failure} />
        </p>
      ) : (
        state.kind !== 'done' && (
          <Progress
            className="l-upload-bar"
            percent={percent}
            showInfo={false}
            size={{ height: 4 }}
            status={state.kind === 'checking' ? 'active' : 'normal'}
          />
        )
      )}
    </li>
  );
}

function FailureWords({ failure }: { failure: Error }) {
  const t = useTexts(texts);
  const info = useApi(API.info, undefined, { staleMs: 600_000 });
  const { sentence } = explainFailure(failure);
  const faults = failure instanceof ApiFailure ? failure.faults : [];
  const details = faults.map(({ value, allowed }) => `${value} → ${allowed}`);
  const codecs = info.data?.videoCodecs ?? [];
  const isCodec = failure instanceof ApiFailure && failure.code === 'media-codec-unknown';
  if (isCodec && codecs.length > 0) return `${sentence} ${t('codecsThatPlay', { codecs: codecs.join(', ') })}`;
  return (
    <>
      {sentence}
      {details.map((detail) => (
        <small key={detail} className="x-faint">
          {detail}
        </small>
      ))}
    </>
  );
}

function Buttons({ job: { id, state } }: { job: UploadJob }) {
  const t = useTexts(texts);
  const isOver = state.kind === 'done' || state.kind === 'failed';
  return (
    <>
      {(state.kind === 'sending' || state.kind === 'waiting') && (
        <IconButton label={t('pause')} icon={<PauseOutlined />} onClick={() => uploads.pause(id)} />
      )}
      {state.kind === 'paused' && (
        <IconButton label={t('resume')} icon={<CaretRightOutlined />} onClick={() => uploads.resume(id)} />
      )}
      {state.kind === 'failed' && state.canRetry && (
        <IconButton label={t('retry')} icon={<RedoOutlined />} onClick={() => uploads.resume(id)} />
      )}
      <IconButton
        label={isOver ? t('dismiss') : t('cancel')}
        icon={<CloseOutlined />}
        onClick={() => uploads.remove(id)}
      />
    </>
  );
}

function IconButton({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Tooltip title={label}>
      <Button type="text" size="small" icon={icon} aria-label={label} onClick={onClick} />
    </Tooltip>
  );
}
