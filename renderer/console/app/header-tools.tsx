/** At the end of the header: whether the view is live, language, and the person with appearance and sign-out. */
import { DownOutlined, GlobalOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { API } from '../../../protocol/http/api.ts';
import { queryClient, queryKey } from '../api/query-client.ts';
import { useApiMutation } from '../api/use-api.ts';
import { commonTexts } from '../i18n/common-texts.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useLinkState } from '../live/live-link.ts';
import { chooseScheme, SCHEMES, useScheme } from '../theme/scheme.ts';
import { StatusDot } from '../widgets/status-dot.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { useSession } from './session.ts';
import { appTexts } from './texts.ts';

/** Whether what is shown is kept up to date. */
function LinkMark() {
  const t = useTexts(appTexts);
  const link = useLinkState();
  return <StatusDot tone={link === 'live' ? 'good' : link === 'lost' ? 'warn' : 'blank'} label={t(link)} quiet />;
}

/** At the end of the header. */
export function HeaderTools() {
  const t = useTexts(appTexts);
  const words = useTexts(commonTexts);
  const user = useSession();
  const scheme = useScheme();
  const signOut = useApiMutation(API.signOut, {
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(queryKey(API.session.path), null);
    },
  });
  return (
    <div className="x-header-tools">
      <LinkMark />
      <LanguageSwitch>
        <Button type="text" icon={<GlobalOutlined />} aria-label={t('language')} />
      </LanguageSwitch>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          selectedKeys: [scheme],
          items: [
            { key: 'who', type: 'group', label: `${user.login} · ${words(`role.${user.role}`)}` },
            {
              key: 'appearance',
              type: 'group',
              label: t('appearance'),
              children: SCHEMES.map((key) => ({
                key,
                label: t(`scheme.${key}`),
                onClick: () => chooseScheme(key),
              })),
            },
            { type: 'divider' },
            { key: 'out', label: t('signOut'), onClick: () => signOut.mutate(undefined) },
          ],
        }}
      >
        <Button type="text" className="x-header-person">
          <span className="x-ellipsis">{user.name}</span>
          <DownOutlined style={{ fontSize: 10 }} />
        </Button>
      </Dropdown>
    </div>
  );
}
