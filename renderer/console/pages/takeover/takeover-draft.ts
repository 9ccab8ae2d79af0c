/** A takeover as the form holds it, what is wrong with it, and which screens it means. */
import { type Targets, unitChain } from '../../../../domain/catalogue/campaign.ts';
import type { SloganTheme } from '../../../../domain/catalogue/content.ts';
import type { Screen, Unit } from '../../../../domain/catalogue/organisation.ts';
import { MAX_TAKEOVER_TEXT, TAKEOVER_LENGTH_MS } from '../../../../domain/catalogue/takeover.ts';
import type { StartTakeover } from '../../../../protocol/takeover.ts';
import { screensOf } from '../campaigns/target-screens.ts';
import type { MessageFaults } from '../library/slogan-draft.ts';

/** `minutes` is null while its field is empty; `everywhere`: all screens of the unit, whatever `targets` holds. */
export type TakeoverDraft = {
  unitId: string;
  text: string;
  textEn: string;
  theme: SloganTheme;
  minutes: number | null;
  everywhere: boolean;
  targets: Targets;
};

/** Fields that can be at fault, and the sentence that says so. */
export type TakeoverFaults = MessageFaults & { minutes?: 'lengthWrong'; targets?: 'meantNone' };

const MS_A_MINUTE = 60_000;

/** A takeover to begin with: an hour on all screens of `unitId`. */
export function newTakeoverDraft(unitId: string): TakeoverDraft {
  const targets = { units: [], venues: [], tags: [], screens: [] };
  return { unitId, text: '', textEn: '', theme: 'red', minutes: 60, everywhere: true, targets };
}

const targetsOf = ({ everywhere, unitId, targets }: TakeoverDraft): Targets =>
  everywhere ? { units: [unitId], venues: [], tags: [], screens: [] } : targets;

/** The screens with a player that it means, never any outside its unit. */
export function screensTakenOver<S extends Screen>(
  draft: TakeoverDraft,
  screens: readonly S[],
  units: readonly Unit[],
): S[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return screensOf(targetsOf(draft), screens, units).filter(
    ({ kind, unitId }) => kind === 'player' && unitChain(unitId, byId).includes(draft.unitId),
  );
}

/** What is wrong with it; nothing: it can be sent. `screens`: how many it means. */
export function takeoverFaults({ text, textEn, minutes }: TakeoverDraft, screens: number): TakeoverFaults {
  const lengthMs = (minutes ?? 0) * MS_A_MINUTE;
  const isLong = (one: string): boolean => one.trim().length > MAX_TAKEOVER_TEXT;
  return {
    ...(text.trim() === '' && { text: 'textMissing' as const }),
    ...(isLong(text) && { text: 'textLong' as const }),
    ...(isLong(textEn) && { textEn: 'textLong' as const }),
    ...((lengthMs < TAKEOVER_LENGTH_MS.least || lengthMs > TAKEOVER_LENGTH_MS.most) && {
      minutes: 'lengthWrong' as const,
    }),
    ...(screens === 0 && { targets: 'meantNone' as const }),
  };
}

/** What is sent; only of a draft without faults. */
export function takeoverRequest(draft: TakeoverDraft): StartTakeover {
  const { unitId, theme, minutes } = draft;
  const textEn = draft.textEn.trim() === '' ? null : draft.textEn.trim();
  const forMs = Math.round((minutes ?? 0) * MS_A_MINUTE);
  return { unitId, text: draft.text.trim(), textEn, theme, targets: targetsOf(draft), forMs };
}
