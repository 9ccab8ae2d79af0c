/** The screen as it will look while a slogan is written, lying or standing. */
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import type { SloganDraft } from './slogan-draft.ts';
import { SloganPicture } from './slogan-picture.tsx';
import { sloganTexts } from './slogan-texts.ts';

/** `onPages` is told how many pictures a card takes. */
export function SloganPreview({ draft, onPages }: { draft: SloganDraft; onPages: (pages: number) => void }) {
  const t = useTexts(sloganTexts);
  const [portrait, setPortrait] = useState(false);
  const isEmpty = draft.text.trim() === '';
  const slogan = {
    ...draft,
    text: isEmpty ? t('textPlaceholder') : draft.text,
    textEn: draft.textEn.trim() === '' ? null : draft.textEn,
    durationMs: draft.durationMs ?? 8000,
  };
  return (
    <section className="l-preview" aria-label={t('preview')}>
      <div className={portrait ? 'l-preview-frame l-preview-portrait' : 'l-preview-frame'} data-empty={isEmpty}>
        <SloganPicture slogan={slogan} portrait={portrait} moving onPages={onPages} />
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
