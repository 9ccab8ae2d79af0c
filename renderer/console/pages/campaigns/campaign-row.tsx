/** One campaign of the list. */
import { Link } from 'react-router';
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { ItemStill } from '../library/item-still.tsx';
import { useLibrary } from '../library/use-library.ts';
import { BookingCell } from './booking-cell.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { campaignPhase } from './campaign-phase.ts';
import { PhaseMark } from './phase-mark.tsx';
import { PromiseLines } from './promise-lines.tsx';
import { screensOf } from './target-screens.ts';
import { texts } from './texts.ts';
import type { YearAxis } from './year-axis.ts';
import { YearBar } from './year-bar.tsx';

/** `today`: the local date. */
export function CampaignRow({ campaign, axis, today }: { campaign: Campaign; axis: YearAxis; today: string }) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const mayEdit = useMay('editor');
  const screens = useApi(API.screens).data;
  const units = useApi(API.units).data;
  const { byId } = useLibrary();
  const phase = campaignPhase(campaign, today);
  const isQuiet = phase === 'draft' || phase === 'over' || phase === 'ended';
  const unit = units?.find(({ id }) => id === campaign.unitId);
  return (
    <li className="c-row">
      <span className="c-name">
        <span className="c-name-still" aria-hidden="true">
          <ItemStill item={byId.get(campaign.creatives[0]?.item ?? '')} />
        </span>
        <span className="c-name-words">
          <Link to={`/campaigns/${campaign.id}`}>{nameOf(campaign)}</Link>
          <span className="c-name-state">
            <PhaseMark phase={phase} />
            {unit && <span className="x-faint x-ellipsis">{nameOf(unit)}</span>}
          </span>
        </span>
      </span>
      <span className="c-flights">
        <YearBar axis={axis} flights={campaign.flights} today={today} isQuiet={isQuiet} />
      </span>
      <PromiseLines commitments={campaign.commitments} />
      <span className="x-num">
        {screens && units ? t('screens', { count: screensOf(campaign.targets, screens, units).length }) : ''}
      </span>
      <span>{mayEdit && phase !== 'over' && phase !== 'ended' && <BookingCell campaign={campaign} />}</span>
      <span className="c-row-actions">{mayEdit && <CampaignActions campaign={campaign} />}</span>
    </li>
  );
}
