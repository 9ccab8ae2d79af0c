/** What a screen is doing, in one word. */
import type { Unit } from '../../../../domain/catalogue/organisation.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import type { Tone } from '../../widgets/tone.ts';
import { unitAndBelow } from '../../widgets/unit-tree.ts';

/** States of a screen, in the order a list offers them. */
export const SCREEN_STATES = [
  'taken-over',
  'showing',
  'idle',
  'closed',
  'fetching',
  'no-program',
  'offline',
  'unpaired',
  'external',
] as const;

/** `online`: connected, but nothing was heard of what it does yet. */
export type ScreenState = (typeof SCREEN_STATES)[number] | 'online';

/** What each state is like. */
export const STATE_TONES: Record<ScreenState, Tone> = {
  'taken-over': 'warn',
  showing: 'good',
  online: 'good',
  idle: 'steady',
  closed: 'steady',
  fetching: 'steady',
  'no-program': 'warn',
  offline: 'bad',
  unpaired: 'blank',
  external: 'blank',
};

/** The state of `screen`. */
export function screenState(screen: Pick<ScreenView, 'kind' | 'device' | 'online' | 'status'>): ScreenState {
  if (screen.kind === 'external') return 'external';
  if (screen.device === null) return 'unpaired';
  if (!screen.online) return 'offline';
  if (screen.status?.takeover !== undefined) return 'taken-over';
  return screen.status?.state ?? 'online';
}

/** What the list of screens is narrowed to; null or empty leaves a filter out. */
export type ScreenFilter = { state: ScreenState | null; unit: string | null; venue: string | null; search: string };

/** The screens that pass `filter`; `siteWords` gives what else a screen may be found by. */
export function narrowScreens(
  screens: readonly ScreenView[],
  filter: ScreenFilter,
  units: readonly Unit[],
  siteWords: (siteId: string) => readonly string[],
): ScreenView[] {
  const meant = filter.unit === null ? null : unitAndBelow(units, filter.unit);
  const wanted = filter.search.trim().toLocaleLowerCase();
  return screens.filter((screen) => {
    if (filter.state !== null && screenState(screen) !== filter.state) return false;
    if (meant && !meant.has(screen.unitId)) return false;
    if (filter.venue !== null && screen.venue !== filter.venue) return false;
    if (wanted === '') return true;
    const words = [screen.name, screen.nameEn ?? '', screen.id, ...screen.tags, ...siteWords(screen.siteId)];
    return words.some((word) => word.toLocaleLowerCase().includes(wanted));
  });
}
