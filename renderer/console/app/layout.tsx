/** The frame around every page: navigation, header, and a calm banner while the connection is lost. */
import { MenuOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer, Spin } from 'antd';
import { Suspense, useState } from 'react';
import { Outlet, useNavigation } from 'react-router';
import { useTexts } from '../i18n/i18n.ts';
import { useLinkState } from '../live/live-link.ts';
import { Brand } from './brand.tsx';
import { HeaderTools } from './header-tools.tsx';
import { Navigation } from './navigation.tsx';
import { appTexts } from './texts.ts';

/** The frame around every page. */
export function Layout() {
  const t = useTexts(appTexts);
  const link = useLinkState();
  const [open, setOpen] = useState(false);
  const busy = useNavigation().state !== 'idle';
  return (
    <div className="x-layout">
      <aside className="x-side">
        <Brand />
        <Navigation />
        <p className="x-side-foot">{t('tagline')}</p>
      </aside>
      <div className="x-main">
        <header className="x-header">
          <Button
            className="x-header-menu"
            type="text"
            icon={<MenuOutlined />}
            aria-label={t('menu')}
            onClick={() => setOpen(true)}
          />
          <span className="x-header-brand">
            <Brand />
          </span>
          <span className="x-grow" />
          <HeaderTools />
        </header>
        {link === 'lost' && (
          <div className="x-lost" role="status">
            <Alert type="warning" showIcon title={t('lostNote')} />
          </div>
        )}
        <main className={busy ? 'x-page x-page-busy' : 'x-page'}>
          <Suspense fallback={<Spin delay={300} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Drawer placement="left" size={260} open={open} onClose={() => setOpen(false)} title={<Brand />}>
        <Navigation onGo={() => setOpen(false)} />
      </Drawer>
    </div>
  );
}
