/** Where a slogan is used, said while it is edited, since screens follow the change. */
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { isUnused, usesOf } from './item-uses.ts';
import { sloganTexts } from './slogan-texts.ts';

/** Nothing while it is not used. */
export function SloganUses({ id }: { id: string }) {
  const t = useTexts(sloganTexts);
  const nameOf = useNameOf();
  const uses = usesOf(id, useApi(API.campaigns).data ?? [], useApi(API.playlists).data ?? []);
  if (isUnused(uses)) return null;
  const names = [...uses.campaigns, ...uses.playlists].map(nameOf);
  return <p className="l-in-use">{t('inUse', { uses: [...new Set(names)].join(t('join')) })}</p>;
}
