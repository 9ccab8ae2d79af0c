/** Whether the unit of a screen vouches for its player; nothing where no unit has a key. */
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { StatusDot } from '../../widgets/status-dot.tsx';
import { screenTexts } from './texts.ts';

/** A few words about the enrolment of the player of `screen`. */
export function EnrolmentFact({ screen }: { screen: ScreenView }) {
  const t = useTexts(screenTexts);
  const nameOf = useNameOf();
  const units = useApi(API.units).data;
  const status = useApi(API.screenEndorsement, { params: { id: screen.id } }, { enabled: screen.device !== null }).data;
  if (screen.device === null || !status || status.kind === 'none') return null;
  const isSigned = status.kind === 'signed';
  const tone = isSigned ? 'good' : 'blank';
  // Its own unit's name stands beside it already.
  if (status.unitId === screen.unitId)
    return <StatusDot tone={tone} quiet label={t(isSigned ? 'signed' : 'unsigned')} />;
  const unit = units?.find(({ id }) => id === status.unitId);
  const name = unit ? nameOf(unit) : status.unitId;
  return <StatusDot tone={tone} quiet label={t(isSigned ? 'signedBy' : 'unsignedBy', { name })} />;
}
