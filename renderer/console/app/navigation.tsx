/** The six places of the console, as a column beside the page or a drawer on a narrow window. */
import {
  AppstoreOutlined,
  CalendarOutlined,
  DesktopOutlined,
  FlagOutlined,
  SettingOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useTexts } from '../i18n/i18n.ts';
import { appTexts } from './texts.ts';

const PLACES = [
  { to: '/', text: 'today', icon: <CalendarOutlined /> },
  { to: '/screens', text: 'screens', icon: <DesktopOutlined /> },
  { to: '/campaigns', text: 'campaigns', icon: <FlagOutlined /> },
  { to: '/library', text: 'library', icon: <AppstoreOutlined /> },
  { to: '/playlists', text: 'playlists', icon: <UnorderedListOutlined /> },
  { to: '/system', text: 'system', icon: <SettingOutlined /> },
] as const satisfies readonly { to: string; text: string; icon: ReactNode }[];

/** Links to the six places; `onGo` is called when one is followed. */
export function Navigation({ onGo }: { onGo?: () => void }) {
  const t = useTexts(appTexts);
  return (
    <nav className="x-nav" aria-label={t('navigation')}>
      {PLACES.map(({ to, text, icon }) => (
        <NavLink key={to} to={to} end={to === '/'} className="x-nav-link" {...(onGo ? { onClick: onGo } : {})}>
          <span className="x-nav-icon">{icon}</span>
          {t(text)}
        </NavLink>
      ))}
    </nav>
  );
}
