/** The jobs of the server: when each ran, how that ended, and when it runs next. */
import { App, Button, Table, type TableColumnsType } from 'antd';
import { API } from '../../../../protocol/http/api.ts';
import type { Job } from '../../../../protocol/http/views.ts';
import { explainFailure } from '../../api/explain-failure.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { useLanguage, useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { useNowMs } from '../../widgets/now.ts';
import { RelativeTime } from '../../widgets/relative-time.tsx';
import { StatusDot } from '../../widgets/status-dot.tsx';
import { scheduleWords } from './schedule-words.ts';
import { systemTexts } from './texts.ts';

const SOON_MS = 15_000;
const WORDED = [
  'day-turnover',
  'day-close',
  'flight-extension',
  'target-watch',
  'incident-watch',
  'log-signing',
  'log-entries',
  'proof-retention',
  'housekeeping',
] as const;
const wordedOf = (name: string) => WORDED.find((one) => one === name);

/** The jobs of the server. */
export function JobsPanel() {
  const t = useTexts(systemTexts);
  const language = useLanguage();
  const mayRun = useMay('admin');
  const { message } = App.useApp();
  const jobs = useApi(API.jobs, undefined, { refetchIntervalMs: 15_000 });
  const run = useApiMutation(API.runJob, {
    onSuccess: ({ lastOutcome, lastDetail }) =>
      lastOutcome === 'failed' ? void message.error(lastDetail ?? t('outcome.failed')) : void message.success(t('ran')),
  });
  const columns: TableColumnsType<Job> = [
    {
      key: 'job',
      title: t('job'),
      render: (_, { name }) => {
        const worded = wordedOf(name);
        return (
          <span className="x-two-lines">
            <span>{worded ? t(`job.${worded}`) : name}</span>
            {worded && <small>{t(`jobNote.${worded}`)}</small>}
          </span>
        );
      },
    },
    {
      key: 'schedule',
      title: t('schedule'),
      width: 150,
      render: (_, { schedule }) => <Schedule schedule={schedule} />,
    },
    {
      key: 'last',
      title: t('lastRun'),
      width: 300,
      render: (_, { lastRunMs, lastOutcome, lastDetail }) =>
        lastRunMs === null ? (
          <span className="x-faint">{t('notRun')}</span>
        ) : (
          <span className="x-two-lines">
            <span className="x-row">
              {lastOutcome && (
                <StatusDot tone={lastOutcome === 'ok' ? 'good' : 'bad'} label={t(`outcome.${lastOutcome}`)} />
              )}
              <span className="x-soft">
                <RelativeTime ms={lastRunMs} />
              </span>
            </span>
            {lastDetail && (lastOutcome === 'failed' || language === 'en') && (
              <small title={lastDetail}>{lastDetail}</small>
            )}
          </span>
        ),
    },
    {
      key: 'next',
      title: t('nextRun'),
      width: 140,
      render: (_, { nextRunMs }) =>
        nextRunMs === null ? (
          <span className="x-faint">–</span>
        ) : (
          <span className="x-soft">
            <NextRun ms={nextRunMs} />
          </span>
        ),
    },
    ...(mayRun
      ? [
          {
            key: 'run',
            width: 130,
            align: 'right' as const,
            render: (_: unknown, { name }: Job) => (
              <Button
                size="small"
                loading={run.isPending && run.variables.params.name === name}
                onClick={() =>
                  run.mutate(
                    { params: { name } },
                    { onError: (thrown) => void message.error(explainFailure(thrown).sentence) },
                  )
                }
              >
                {t('runNow')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  if (jobs.error && !jobs.data) return <FailureNote failure={jobs.error} onRetry={() => void jobs.refetch()} />;
  return (
    <div className="x-panel x-table-panel">
      <Table<Job>
        rowKey="name"
        loading={jobs.isLoading}
        dataSource={jobs.data ?? []}
        columns={columns}
        pagination={false}
        scroll={{ x: 760 }}
      />
    </div>
  );
}

function NextRun({ ms }: { ms: number }) {
  const t = useTexts(systemTexts);
  const nowMs = useNowMs(5000);
  return ms - nowMs < SOON_MS ? t('soon') : <RelativeTime ms={ms} />;
}

/** The schedule in words; as it is written on hover, and where there are no words for it. */
function Schedule({ schedule }: { schedule: string }) {
  const t = useTexts(systemTexts);
  const words = scheduleWords(schedule);
  if (!words) return <code className="x-mono">{schedule}</code>;
  return (
    <span className="x-soft x-num" title={schedule}>
      {t(`every.${words.every}`, words)}
    </span>
  );
}
