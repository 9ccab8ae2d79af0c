/** How the interface speaks and looks in this browser. */
import { Segmented } from 'antd';
import { chooseLanguage, useLanguage, useTexts } from '../../i18n/i18n.ts';
import type { Language } from '../../i18n/languages.ts';
import { chooseScheme, SCHEMES, type Scheme, useScheme } from '../../theme/scheme.ts';
import { systemTexts } from './texts.ts';

/** How the interface speaks and looks in this browser. */
export function SettingsPanel() {
  const t = useTexts(systemTexts);
  const language = useLanguage();
  const scheme = useScheme();
  return (
    <dl className="x-panel x-panel-pad x-facts-list">
      <dt>{t('language')}</dt>
      <dd>
        <Segmented<Language>
          value={language}
          onChange={chooseLanguage}
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </dd>
      <dt>{t('appearance')}</dt>
      <dd>
        <Segmented<Scheme>
          value={scheme}
          onChange={chooseScheme}
          options={SCHEMES.map((value) => ({ value, label: t(`scheme.${value}`) }))}
        />
      </dd>
    </dl>
  );
}
