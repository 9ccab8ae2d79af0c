/** The colours of the five slogan themes, the same as on the stage (a test compares them). */
import type { SloganTheme } from '../../../domain/catalogue/content.ts';

/** `ground` and `deep`: the two ends of the background; `text` and `accent` stand out from both. */
export type ThemeColours = { ground: string; deep: string; text: string; accent: string };

/** Six-digit hexadecimal sRGB. */
export const THEME_COLOURS: Readonly<Record<SloganTheme, ThemeColours>> = {
  red: { ground: '#8c1114', deep: '#660a0e', text: '#fff8ec', accent: '#ffdf9e' },
  blue: { ground: '#0d3f78', deep: '#082a54', text: '#f5faff', accent: '#b6dfff' },
  jade: { ground: '#0b4c40', deep: '#063a30', text: '#f3fff9', accent: '#b5f1da' },
  ink: { ground: '#1b1f26', deep: '#0d1014', text: '#f5f2ea', accent: '#dcbd7f' },
  paper: { ground: '#f7f2e7', deep: '#ebe2cf', text: '#241f19', accent: '#86190f' },
};
