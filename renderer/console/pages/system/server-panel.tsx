/** What the server is: version, address, time, codecs. */
import { Skeleton } from 'antd';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { useNowMs } from '../../widgets/now.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { systemTexts } from './texts.ts';

const API_DOCS = '/api/docs';
const VERIFIER = '/verify';

/** What the server is. */
export function ServerPanel() {
  const t = useTexts(systemTexts);
  const time = useTimes();
  const nowMs = useNowMs(1000);
  const info = useApi(API.info);
  if (info.error) return <FailureNote failure={info.error} onRetry={() => void info.refetch()} />;
  if (!info.data) return <Skeleton active />;
  const serverNowMs = info.data.nowMs + Math.max(0, nowMs - info.dataUpdatedAt);
  return (
    <dl className="x-panel x-panel-pad x-facts-list">
      <dt>{t('version')}</dt>
      <dd className="x-num">Xunbo {info.data.version}</dd>
      <dt>{t('address')}</dt>
      <dd>{window.location.origin}</dd>
      <dt>{t('serverTime')}</dt>
      <dd className="x-num">
        {time(serverNowMs, 'day')} {time(serverNowMs, 'second')}
      </dd>
      <dt>{t('codecs')}</dt>
      <dd>{info.data.videoCodecs.join(', ')}</dd>
      <dt>{t('apiDocs')}</dt>
      <dd>
        <a href={API_DOCS} target="_blank" rel="noreferrer">
          {API_DOCS}
        </a>
      </dd>
      <dt>{t('verifier')}</dt>
      <dd>
        <div className="x-row">
          <a href={VERIFIER} target="_blank" rel="noreferrer">
            {VERIFIER}
          </a>
          <a href={VERIFIER} download="xunbo-verify.html">
            {t('saveVerifier')}
          </a>
        </div>
        <div className="x-soft">{t('verifierNote')}</div>
      </dd>
    </dl>
  );
}
