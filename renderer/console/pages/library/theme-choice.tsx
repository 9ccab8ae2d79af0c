/** Chooses the colours of a text. */
import { SLOGAN_THEMES, type SloganTheme } from '../../../../domain/catalogue/content.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { THEME_COLOURS } from '../../theme/slogan-colours.ts';
import { sloganTexts } from './slogan-texts.ts';

/** One swatch a theme. */
export function ThemeChoice({ theme, onChoose }: { theme: SloganTheme; onChoose: (theme: SloganTheme) => void }) {
  const t = useTexts(sloganTexts);
  return (
    <div className="l-themes" role="radiogroup" aria-label={t('theme')}>
      {SLOGAN_THEMES.map((one) => (
        <label key={one} className="l-theme">
          <input type="radio" name="theme" checked={one === theme} onChange={() => onChoose(one)} />
          <span
            className="l-theme-swatch"
            style={{ background: THEME_COLOURS[one].ground, color: THEME_COLOURS[one].text }}
          >
            文
          </span>
          {t(`theme.${one}`)}
        </label>
      ))}
    </div>
  );
}
