/** All campaigns: phase, flights on the year, promises in words, screens, and whether they fit. */
import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type Campaign, flightEnd } from '../../../../domain/catalogue/campaign.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { PageHeader } from '../../widgets/page-header.tsx';
import { byPhase, campaignPhase } from './campaign-phase.ts';
import { CampaignRow } from './campaign-row.tsx';
import { texts } from './texts.ts';
import { yearAxis } from './year-axis.ts';
import './campaign-list.css';
import { YearScale } from './year-bar.tsx';

const FILTERS = ['current', 'past', 'all'] as const;
type Filter = (typeof FILTERS)[number];

function isShown(campaign: Campaign, filter: Filter, search: string, today: string): boolean {
  const phase = campaignPhase(campaign, today);
  const isPast = phase === 'over' || phase === 'ended';
  if (filter !== 'all' && isPast !== (filter === 'past')) return false;
  return `${campaign.name} ${campaign.nameEn ?? ''}`.toLowerCase().includes(search.trim().toLowerCase());
}

/** The list. */
export function CampaignList() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const mayEdit = useMay('editor');
  const campaigns = useApi(API.campaigns);
  const [filter, setFilter] = useState<Filter>('current');
  const [search, setSearch] = useState('');
  const today = dayjs().format('YYYY-MM-DD');
  const shown = (campaigns.data ?? [])
    .filter((campaign) => isShown(campaign, filter, search, today))
    .sort(byPhase(today));
  const axis = yearAxis(
    today,
    shown.flatMap(({ flights }) => flights.map((flight) => ({ to: flightEnd(flight) }))),
  );
  const create = mayEdit && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate('/campaigns/new')}>
      {t('new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} note={t('lead')} actions={create} />
      <FailureNote failure={campaigns.error} onRetry={() => void campaigns.refetch()} />
      {campaigns.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {campaigns.data?.length === 0 && (
        <EmptyState title={t('emptyTitle')} note={t('emptyText')}>
          {create}
        </EmptyState>
      )}
      {campaigns.data && campaigns.data.length > 0 && (
        <>
          <div className="x-row c-list-tools">
            <Segmented<Filter>
              value={filter}
              onChange={setFilter}
              options={FILTERS.map((one) => ({ value: one, label: t(`filter.${one}`) }))}
            />
            <span className="x-grow" />
            <Input
              className="c-search"
              allowClear
              variant="filled"
              prefix={<SearchOutlined className="x-faint" />}
              placeholder={t('searchHint')}
              aria-label={t('searchHint')}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
          {shown.length === 0 && <EmptyState title={t('noneFound')} />}
          {shown.length > 0 && (
            <section className="x-panel c-list">
              <div className="c-row c-list-head" aria-hidden="true">
                <span>{t('columnName')}</span>
                <YearScale axis={axis} />
                <span>{t('columnPromises')}</span>
                <span>{t('columnTargets')}</span>
                <span>{mayEdit && t('columnBooking')}</span>
              </div>
              <ul>
                {shown.map((campaign) => (
                  <CampaignRow key={campaign.id} campaign={campaign} axis={axis} today={today} />
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </>
  );
}
