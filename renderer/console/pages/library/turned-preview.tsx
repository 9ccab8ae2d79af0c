/** The screen as it will look while a text is written, lying or standing. */
import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { sloganTexts } from './slogan-texts.ts';

/** `isEmpty`: nothing is written yet, so that an example stands there. */
export function TurnedPreview({ isEmpty, children }: { isEmpty: boolean; children: (portrait: boolean) => ReactNode }) {
  const t = useTexts(sloganTexts);
  const [portrait, setPortrait] = useState(false);
  return (
    <section className="l-preview" aria-label={t('preview')}>
      <div className={portrait ? 'l-preview-frame l-preview-portrait' : 'l-preview-frame'} data-empty={isEmpty}>
        {children(portrait)}
      </div>
      <Segmented
        size="small"
        value={portrait ? 'portrait' : 'landscape'}
        onChange={(value) => setPortrait(value === 'portrait')}
        options={[
          { value: 'landscape', label: t('landscape') },
          { value: 'portrait', label: t('portrait') },
        ]}
      />
    </section>
  );
}
