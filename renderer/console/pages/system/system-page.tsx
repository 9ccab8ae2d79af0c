/** System: jobs, people, units, the server, and how the interface looks. */
import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { useMay } from '../../app/session.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { PageHeader } from '../../widgets/page-header.tsx';
import { JobsPanel } from './jobs-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { ServerPanel } from './server-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { systemTexts } from './texts.ts';
import { UnitsPanel } from './units-panel.tsx';
import './system.css';

/** System; `?tab=` names the tab on show. */
export default function SystemPage() {
  const t = useTexts(systemTexts);
  const mayManage = useMay('admin');
  const [search, setSearch] = useSearchParams();
  return (
    <>
      <PageHeader title={t('title')} />
      <Tabs
        activeKey={search.get('tab') ?? 'jobs'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: 'jobs', label: t('jobs'), children: <JobsPanel /> },
          ...(mayManage ? [{ key: 'people', label: t('people'), children: <PeoplePanel /> }] : []),
          { key: 'units', label: t('units'), children: <UnitsPanel /> },
          { key: 'server', label: t('server'), children: <ServerPanel /> },
          { key: 'settings', label: t('settings'), children: <SettingsPanel /> },
        ]}
      />
    </>
  );
}
