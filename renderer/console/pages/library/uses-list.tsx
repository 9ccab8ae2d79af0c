/** The campaigns and playlists an item is placed in, each a link to it. */
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { type ItemUses, isUnused } from './item-uses.ts';
import { texts } from './texts.ts';

/** Plain links, since it is also shown in dialogs that stand outside the router. */
export function UsesList({ uses, lead }: { uses: ItemUses; lead?: string }) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  if (isUnused(uses)) return <span className="x-faint">{t('usedNowhere')}</span>;
  return (
    <>
      {lead && <p>{lead}</p>}
      <ul className="l-uses">
        {uses.campaigns.map((campaign) => (
          <li key={campaign.id}>
            <a href={`/campaigns/${campaign.id}`}>{nameOf(campaign)}</a>
          </li>
        ))}
        {uses.playlists.map((playlist) => (
          <li key={playlist.id}>
            <a href={`/playlists/${playlist.id}`}>{nameOf(playlist)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
