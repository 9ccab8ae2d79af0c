/** Emergency takeovers: a message that stands over everything on the screens it means, from its start to its end. */
import type { Sha256 } from '../proof/merkle.ts';
import { contentHash } from '../proof/segment.ts';
import { type Targets, unitChain } from './campaign.ts';
import type { SloganTheme } from './content.ts';
import type { Screen, Unit } from './organisation.ts';
import { targetIndex } from './target-index.ts';

/** Shortest and longest takeover, milliseconds. */
export const TAKEOVER_LENGTH_MS = { least: 60_000, most: 86_400_000 } as const;

/** Most characters of a message, in either language. */
export const MAX_TAKEOVER_TEXT = 500;

/** What stands on the screens. */
export type TakeoverMessage = { text: string; textEn: string | null; theme: SloganTheme };

/** Who did something; the name is copied, so that it outlives the person's account. */
export type Doer = { userId: string; name: string };

/**
 * A takeover of the screens of `unitId` and the units below it that `targets` names. `endedAtMs`: when somebody ended it before
 * its time, null where nobody did.
 */
export type Takeover = TakeoverMessage & {
  id: string;
  unitId: string;
  targets: Targets;
  startedAtMs: number;
  endsAtMs: number;
  endedAtMs: number | null;
  by: Doer;
  endedBy: Doer | null;
};

/** When it ends or has ended. */
export const takeoverEndMs = ({ endsAtMs, endedAtMs }: Pick<Takeover, 'endsAtMs' | 'endedAtMs'>): number =>
  endedAtMs === null ? endsAtMs : Math.min(endedAtMs, endsAtMs);

/** Whether it stands on its screens at `nowMs`. */
export const isInForce = (takeover: Takeover, nowMs: number): boolean =>
  takeover.startedAtMs <= nowMs && nowMs < takeoverEndMs(takeover);

/** The hash that records name a message by: of its text in both languages and its theme. */
export const messageHash = ({ text, textEn, theme }: TakeoverMessage, sha256: Sha256): string =>
  contentHash({ text, textEn, theme }, sha256);

/**
 * Gives those of `takeovers` that mean a screen, the latest started first, so that the first that is in force is the one that stands.
 * Asked for thousands of screens at once.
 */
export function takeoversByScreen(
  takeovers: Iterable<Takeover>,
  units: ReadonlyMap<string, Unit>,
): (screen: Screen) => readonly Takeover[] {
  const named = targetIndex(takeovers, units);
  const chains = new Map<string, ReadonlySet<string>>();
  const chainOf = (unitId: string): ReadonlySet<string> => {
    const chain = chains.get(unitId) ?? new Set(unitChain(unitId, units));
    chains.set(unitId, chain);
    return chain;
  };
  return (screen) => {
    const own = named(screen).filter(({ unitId }) => chainOf(screen.unitId).has(unitId));
    return own.sort((a, b) => b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1));
  };
}
