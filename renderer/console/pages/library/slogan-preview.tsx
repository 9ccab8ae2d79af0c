/** The screen as it will look while a slogan is written. */
import { useTexts } from '../../i18n/i18n.ts';
import type { SloganDraft } from './slogan-draft.ts';
import { SloganPicture } from './slogan-picture.tsx';
import { sloganTexts } from './slogan-texts.ts';
import { TurnedPreview } from './turned-preview.tsx';

/** `onPages` is told how many pictures a card takes. */
export function SloganPreview({ draft, onPages }: { draft: SloganDraft; onPages: (pages: number) => void }) {
  const t = useTexts(sloganTexts);
  const isEmpty = draft.text.trim() === '';
  const slogan = {
    ...draft,
    text: isEmpty ? t('textPlaceholder') : draft.text,
    textEn: draft.textEn.trim() === '' ? null : draft.textEn,
    durationMs: draft.durationMs ?? 8000,
  };
  return (
    <TurnedPreview isEmpty={isEmpty}>
      {(portrait) => <SloganPicture slogan={slogan} portrait={portrait} moving onPages={onPages} />}
    </TurnedPreview>
  );
}
