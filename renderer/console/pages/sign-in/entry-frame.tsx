/** The frame of the pages before signing in: brand, language, one card. */
import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Brand } from '../../app/brand.tsx';
import { LanguageSwitch } from '../../app/language-switch.tsx';
import { useLanguage, useTexts } from '../../i18n/i18n.ts';
import { signInTexts } from './texts.ts';
import './entry.css';

/** `title` and `note` head the card. */
export function EntryFrame({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  const t = useTexts(signInTexts);
  const language = useLanguage();
  return (
    <div className="x-entry">
      <div className="x-entry-head">
        <Brand />
        <LanguageSwitch>
          <Button type="text" icon={<GlobalOutlined />}>
            {language === 'zh-CN' ? '简体中文' : 'English'}
          </Button>
        </LanguageSwitch>
      </div>
      <main className="x-entry-card x-panel">
        <h1>{title}</h1>
        {note && <p>{note}</p>}
        {children}
      </main>
      <p className="x-entry-foot">{t('lead')}</p>
    </div>
  );
}
