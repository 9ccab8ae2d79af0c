/** Every address of the console; each page is loaded when it is first opened. */
import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { Gate } from './gate.tsx';
import { NotFound } from './not-found.tsx';
import { PageFailure } from './page-failure.tsx';

type PageModule = { default: ComponentType };

const page = (load: () => Promise<PageModule>) => async () => ({ Component: (await load()).default });

/** Every address of the console. */
export const router = createBrowserRouter([
  {
    path: '/setup',
    lazy: page(() => import('../pages/sign-in/setup-page.tsx')),
    ErrorBoundary: PageFailure,
    HydrateFallback: () => null,
  },
  {
    path: '/',
    Component: Gate,
    ErrorBoundary: PageFailure,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: PageFailure,
        children: [
          { index: true, lazy: page(() => import('../pages/today/today-page.tsx')) },
          { path: 'screens', lazy: page(() => import('../pages/screens/screens-page.tsx')) },
          { path: 'screens/:id', lazy: page(() => import('../pages/screens/screen-day-page.tsx')) },
          { path: 'campaigns/*', lazy: page(() => import('../pages/campaigns/campaigns-page.tsx')) },
          { path: 'library/*', lazy: page(() => import('../pages/library/library-page.tsx')) },
          { path: 'playlists/*', lazy: page(() => import('../pages/playlists/playlists-page.tsx')) },
          { path: 'takeover', lazy: page(() => import('../pages/takeover/takeover-page.tsx')) },
          { path: 'system', lazy: page(() => import('../pages/system/system-page.tsx')) },
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
]);
