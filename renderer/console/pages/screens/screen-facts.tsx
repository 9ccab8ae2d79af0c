/** A line about a screen: state, where it stands, what it shows, its troubles. */
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { incidentTexts } from '../../widgets/incident-texts.ts';
import { RelativeTime } from '../../widgets/relative-time.tsx';
import { StatusDot } from '../../widgets/status-dot.tsx';
import { EnrolmentFact } from './enrolment-fact.tsx';
import { STATE_TONES, screenState } from './screen-state.ts';
import { screenTexts } from './texts.ts';

/** A line about `screen`. */
export function ScreenFacts({ screen }: { screen: ScreenView }) {
  const t = useTexts(screenTexts);
  const words = useTexts(commonTexts);
  const states = useTexts(incidentTexts);
  const nameOf = useNameOf();
  const site = useApi(API.sites).data?.find(({ id }) => id === screen.siteId);
  const unit = useApi(API.units).data?.find(({ id }) => id === screen.unitId);
  const state = screenState(screen);
  return (
    <span className="x-facts">
      <StatusDot tone={STATE_TONES[state]} label={states(`state.${state}`)} />
      {state === 'offline' && screen.lastSeenMs !== null && (
        <span>
          {t('lastSeen')} <RelativeTime ms={screen.lastSeenMs} zone={screen.timeZone} />
        </span>
      )}
      {screen.incidents.map(({ id, kind }) => (
        <StatusDot key={id} tone="warn" label={states(`kind.${kind}`)} />
      ))}
      <span>{site ? nameOf(site) : screen.siteId}</span>
      <span>{unit ? nameOf(unit) : screen.unitId}</span>
      <span>{words(`venue.${screen.venue}`)}</span>
      <EnrolmentFact screen={screen} />
      {screen.tags.length > 0 && <span>{screen.tags.map((tag) => `#${tag}`).join(' ')}</span>}
    </span>
  );
}
