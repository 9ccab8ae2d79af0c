/** Opens the campaign form on the campaign of the address, on a copy of one, or on a new one. */
import { Result, Skeleton } from 'antd';
import { useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useSession } from '../../app/session.ts';
import { say, useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { newId } from '../../widgets/new-id.ts';
import { copyOf, newDraft } from './campaign-draft.ts';
import { CampaignForm } from './campaign-form.tsx';
import { flightName } from './flight-name.ts';
import { formTexts } from './form-texts.ts';
import { texts } from './texts.ts';

/** `/campaigns/new`, `/campaigns/new?copy=ID` or `/campaigns/:id`. */
export function CampaignFormPage() {
  const t = useTexts(formTexts);
  const { id } = useParams();
  const [search] = useSearchParams();
  const copied = search.get('copy');
  const { unitId } = useSession();
  const campaigns = useApi(API.campaigns);
  const source = campaigns.data?.find((campaign) => campaign.id === (id === 'new' ? copied : id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a copy is taken once, when its source is there
  const blank = useMemo(() => {
    if (!source || id !== 'new') return newDraft(unitId, newId, flightName(1));
    const copy = copyOf(source, newId);
    const nameEn = source.nameEn && source.nameEn + say(texts, 'copySuffixEn');
    return { ...copy, name: source.name + say(texts, 'copySuffix'), nameEn };
  }, [source === undefined, id, unitId]);
  if (id === 'new' && (!copied || source || campaigns.data)) {
    return <CampaignForm key={copied ?? 'new'} saved={blank} campaign={null} />;
  }
  if (source) return <CampaignForm key={source.id} saved={source} campaign={source} />;
  if (campaigns.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (campaigns.error) return <FailureNote failure={campaigns.error} onRetry={() => void campaigns.refetch()} />;
  return <Result status="404" title={t('notFound')} extra={<Link to="/campaigns">{t('back')}</Link>} />;
}
