/** What of a flight's standing is shown, in what order and tone. */
import type { FlightView } from '../../../../protocol/http/views.ts';
import type { Tone } from '../../widgets/tone.ts';

/** The verdicts of a flight as they are read, best first. */
export const FLIGHT_KINDS = ['kept', 'reachable', 'unknown', 'extendable', 'lost'] as const;

/** One of {@link FLIGHT_KINDS}. */
export type FlightKind = (typeof FLIGHT_KINDS)[number];

/** What each verdict is like; what is unknown never looks kept. */
export const FLIGHT_TONES: Record<FlightKind, Tone> = {
  kept: 'good',
  reachable: 'steady',
  unknown: 'blank',
  extendable: 'warn',
  lost: 'bad',
};

/** Whether a flight promises days in a row and any of its days has been judged, or its promise can no longer be kept as it is. */
export const hasBegun = ({ minConsecutiveDays, days, counts }: FlightView): boolean =>
  minConsecutiveDays !== null && (days.kept + days.short + days.unknown > 0 || counts.lost + counts.extendable > 0);

/** The verdicts that occur, with how many screens bear each. */
export const flightParts = ({ counts }: FlightView): { kind: FlightKind; n: number }[] =>
  FLIGHT_KINDS.flatMap((kind) => (counts[kind] > 0 ? [{ kind, n: counts[kind] }] : []));
