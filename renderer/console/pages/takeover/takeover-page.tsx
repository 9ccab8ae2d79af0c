/** Emergency takeovers: those that run, the way to start one, and all that were. */
import { NotificationOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { takeoverEndMs } from '../../../../domain/catalogue/takeover.ts';
import { API } from '../../../../protocol/http/api.ts';
import type { TakeoverView } from '../../../../protocol/takeover.ts';
import { useApi } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { useNowMs } from '../../widgets/now.ts';
import { PageHeader } from '../../widgets/page-header.tsx';
import { useTimes } from '../../widgets/zone-time.ts';
import { TakeoverCard } from './takeover-card.tsx';
import { TakeoverEditor } from './takeover-editor.tsx';
import { takeoverTexts } from './texts.ts';
import './takeover.css';

/** While one runs, how many screens show it is asked for this often. */
const REFRESH_MS = 2000;

/** The page of takeovers. */
export default function TakeoverPage() {
  const t = useTexts(takeoverTexts);
  const mayStart = useMay('operator');
  const nowMs = useNowMs(1000);
  const [isOpen, setOpen] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const asked = useApi(API.takeovers, undefined, { enabled: mayStart, refetchIntervalMs: isRunning && REFRESH_MS });
  const all = asked.data ?? [];
  const running = all.filter((takeover) => takeoverEndMs(takeover) > nowMs);
  if (running.length > 0 !== isRunning) setRunning(running.length > 0);
  const start = (
    <Button type="primary" danger icon={<NotificationOutlined />} onClick={() => setOpen(true)}>
      {t('start')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} note={t('lead')} actions={mayStart && running.length > 0 && start} />
      <FailureNote failure={asked.error} />
      {asked.isLoading && <Skeleton active paragraph={{ rows: 5 }} />}
      {asked.data && running.length === 0 && (
        <EmptyState title={t('nothing')} note={t('nothingText')} icon={<NotificationOutlined />}>
          {start}
        </EmptyState>
      )}
      <ul className="t-running" aria-label={t('running')}>
        {running.map((takeover) => (
          <TakeoverCard key={takeover.id} takeover={takeover} />
        ))}
      </ul>
      {asked.data && <Past takeovers={all.filter((takeover) => takeoverEndMs(takeover) <= nowMs)} />}
      {isOpen && <TakeoverEditor onClose={() => setOpen(false)} />}
    </>
  );
}

/** Most that are listed. */
const MOST_PAST = 100;

function Past({ takeovers }: { takeovers: readonly TakeoverView[] }) {
  const t = useTexts(takeoverTexts);
  const time = useTimes();
  if (takeovers.length === 0) return null;
  return (
    <section className="t-past">
      <h2>{t('past')}</h2>
      <ul>
        {takeovers.slice(0, MOST_PAST).map((one) => (
          <li key={one.id}>
            <p className="t-past-text">
              {one.text}
              {one.textEn && <span className="x-soft"> {one.textEn}</span>}
            </p>
            <p className="x-faint x-num">
              {t('startedBy', { name: one.by.name, time: time(one.startedAtMs, 'moment') })} ·{' '}
              {one.endedBy && one.endedAtMs !== null
                ? t('endedBy', { name: one.endedBy.name, time: time(one.endedAtMs, 'moment') })
                : t('endedAt', { time: time(one.endsAtMs, 'moment') })}{' '}
              · {t('screens', { count: one.screens })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
