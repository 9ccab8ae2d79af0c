/** The slogan as the editor holds it, and what is wrong with it. */
import type { Slogan } from '../../../../domain/catalogue/content.ts';
import { sloganSchema } from '../../../../protocol/catalogue.ts';

/** A slogan being written; `durationMs` is null while its field is empty. */
export type SloganDraft = Omit<Slogan, 'durationMs' | 'textEn' | 'nameEn'> & {
  durationMs: number | null;
  textEn: string;
  nameEn: string;
};

/** What can be wrong with the texts of a message, and the sentence that says so. */
export type MessageFaults = Partial<Record<'text' | 'textEn', 'textMissing' | 'textLong'>>;

/** Fields that can be at fault, and the sentence that says so. */
export type SloganFaults = MessageFaults & { durationMs?: 'durationWrong' };

/** A slogan to begin with. */
export function newSloganDraft(id: string, unitId: string): SloganDraft {
  const texts = { name: '', nameEn: '', text: '', textEn: '' };
  return { id, unitId, ...texts, shape: 'card', theme: 'red', durationMs: 8000, withdrawnAtMs: null };
}

/** A slogan as a draft. */
export function draftOfSlogan(slogan: Slogan): SloganDraft {
  return { ...slogan, textEn: slogan.textEn ?? '', nameEn: slogan.nameEn ?? '' };
}

/** The slogan a draft stands for, or its faults. A slogan without a name is called by the beginning of its text. */
export function parseSlogan(draft: SloganDraft): { ok: true; slogan: Slogan } | { ok: false; faults: SloganFaults } {
  const parsed = sloganSchema.safeParse({
    ...draft,
    name: draft.name.trim() === '' ? beginningOf(draft.text) : draft.name,
    nameEn: emptyAsNull(draft.nameEn),
    textEn: emptyAsNull(draft.textEn),
  });
  if (parsed.success) return { ok: true, slogan: parsed.data };
  const faults: SloganFaults = {};
  for (const { path } of parsed.error.issues) {
    if (path[0] === 'text') faults.text = draft.text.trim() === '' ? 'textMissing' : 'textLong';
    else if (path[0] === 'textEn') faults.textEn = 'textLong';
    else if (path[0] === 'durationMs') faults.durationMs = 'durationWrong';
  }
  return { ok: false, faults };
}

/** First words of a text, at most 20 characters of its first line. */
export function beginningOf(text: string): string {
  const line = [...(text.trim().split(/[\r\n]/)[0] ?? '').trim()];
  return line.length > 20 ? `${line.slice(0, 19).join('')}…` : line.join('');
}

function emptyAsNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}
