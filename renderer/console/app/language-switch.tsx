/** The choice between the two languages, each written in itself. */
import { Dropdown } from 'antd';
import type { ReactElement } from 'react';
import { chooseLanguage, useLanguage } from '../i18n/i18n.ts';

/** Opens the choice of languages from its child. */
export function LanguageSwitch({ children }: { children: ReactElement }) {
  const language = useLanguage();
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        selectedKeys: [language],
        items: [
          { key: 'zh-CN', label: '简体中文', onClick: () => chooseLanguage('zh-CN') },
          { key: 'en', label: 'English', onClick: () => chooseLanguage('en') },
        ],
      }}
    >
      {children}
    </Dropdown>
  );
}
