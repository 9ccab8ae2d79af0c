/** The troubles that are open now, calmly: what, where, since when. */
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { incidentTexts } from '../../widgets/incident-texts.ts';
import { RelativeTime } from '../../widgets/relative-time.tsx';
import { StatusShape } from '../../widgets/status-dot.tsx';
import { todayTexts } from './texts.ts';

const FIRST = 3;

/** Nothing where no trouble is open. */
export function OpenIncidents() {
  const t = useTexts(todayTexts);
  const words = useTexts(incidentTexts);
  const nameOf = useNameOf();
  const incidents = useApi(API.incidents);
  const screens = useApi(API.screens);
  const [all, setAll] = useState(false);
  const open = (incidents.data ?? []).filter((incident) => incident.closedAtMs === null);
  if (open.length === 0 || screens.isLoading) return null;
  const byId = new Map(screens.data?.map((screen) => [screen.id, screen]));
  return (
    <section className="x-panel x-incidents" aria-label={t('incidents', { count: open.length })}>
      <h2 className="x-num">{t('incidents', { count: open.length })}</h2>
      <ul>
        {open.slice(0, all ? undefined : FIRST).map((incident) => {
          const screen = byId.get(incident.screenId);
          return (
            <li key={incident.id}>
              <Tooltip title={incident.detail || words(`explain.${incident.kind}`)}>
                <span className="x-incident-kind x-tone-warn">
                  <StatusShape tone="warn" />
                  {words(`kind.${incident.kind}`)}
                </span>
              </Tooltip>
              <Link to={`/screens/${incident.screenId}`} className="x-ellipsis">
                {screen ? nameOf(screen) : incident.screenId}
              </Link>
              <span className="x-faint x-nowrap">
                <RelativeTime ms={incident.openedAtMs} {...(screen ? { zone: screen.timeZone } : {})} />
              </span>
            </li>
          );
        })}
      </ul>
      {open.length > FIRST && (
        <Button type="link" size="small" onClick={() => setAll(!all)}>
          {all ? t('showFewer') : t('showAll')}
        </Button>
      )}
    </section>
  );
}
