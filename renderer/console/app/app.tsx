/** The application: language, theme, query cache, routes. */
import { LoadingOutlined } from '@ant-design/icons';
import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo } from 'react';
import { RouterProvider } from 'react-router';
import { queryClient } from '../api/query-client.ts';
import { useLanguage } from '../i18n/i18n.ts';
import { antdTheme } from '../theme/antd-theme.ts';
import { useIsDark } from '../theme/scheme.ts';
import { router } from './router.tsx';

/** Buttons keep their names while they are busy: what turns in them is seen, not read out. */
const BUTTONS = { autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden="true" /> };

/** The application. */
export function App() {
  const language = useLanguage();
  const dark = useIsDark();
  const theme = useMemo(() => antdTheme(dark), [dark]);
  return (
    <ConfigProvider locale={language === 'zh-CN' ? zhCN : enUS} theme={theme} button={BUTTONS}>
      <AntdApp>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
