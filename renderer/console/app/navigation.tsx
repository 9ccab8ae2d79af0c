/** The places of the console, as a column beside the page or a drawer on a narrow window. */
import {
  AppstoreOutlined,
  CalendarOutlined,
  DesktopOutlined,
  FlagOutlined,
  NotificationOutlined,
  SettingOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import type { Role } from '../../../domain/catalogue/organisation.ts';
import { useTexts } from '../i18n/i18n.ts';
import { roleAllows, useSession } from './session.ts';
import { appTexts } from './texts.ts';

const PLACES = [
  { to: '/', text: 'today', icon: <CalendarOutlined /> },
  { to: '/screens', text: 'screens', icon: <DesktopOutlined /> },
  { to: '/campaigns', text: 'campaigns', icon: <FlagOutlined /> },
  { to: '/library', text: 'library', icon: <AppstoreOutlined /> },
  { to: '/playlists', text: 'playlists', icon: <UnorderedListOutlined /> },
  { to: '/takeover', text: 'takeover', icon: <NotificationOutlined />, needs: 'operator' },
  { to: '/system', text: 'system', icon: <SettingOutlined /> },
] as const satisfies readonly { to: string; text: string; icon: ReactNode; needs?: Role }[];

/** Links to the places a person may use; `onGo` is called when one is followed. */
export function Navigation({ onGo }: { onGo?: () => void }) {
  const t = useTexts(appTexts);
  const { role } = useSession();
  const places = PLACES.filter((place) => !('needs' in place) || roleAllows(role, place.needs));
  return (
    <nav className="x-nav" aria-label={t('navigation')}>
      {places.map(({ to, text, icon }) => (
        <NavLink key={to} to={to} end={to === '/'} className="x-nav-link" {...(onGo ? { onClick: onGo } : {})}>
          <span className="x-nav-icon">{icon}</span>
          {t(text)}
        </NavLink>
      ))}
    </nav>
  );
}
