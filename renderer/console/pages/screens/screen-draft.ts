/** The form of a screen: what its fields hold, and the screen they make. */
import { type Screen, type Unit, VENUES } from '../../../../domain/catalogue/organisation.ts';
import { WEEKDAYS } from '../../../../domain/time/weekday.ts';
import type { API } from '../../../../protocol/http/api.ts';
import type { RouteInput } from '../../../../protocol/http/route.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { wallTimeFrom } from '../../widgets/wall-time.ts';

/** Fields of the form; empty texts stand for null. */
export type ScreenDraft = Omit<Screen, 'id' | 'nameEn' | 'loopId' | 'unitId' | 'siteId'> & {
  nameEn: string;
  /** Empty text: no loop. */
  loopId: string;
  unitId?: string;
  siteId?: string;
};

const DEFAULT_ZONE = 'Asia/Shanghai';

/** A new screen as first offered: open every day, in the unit of whoever makes it. */
export function newDraft(units: readonly Pick<Unit, 'id'>[], ownUnit: string): ScreenDraft {
  return {
    name: '',
    nameEn: '',
    kind: 'player',
    ...(units.some((unit) => unit.id === ownUnit) ? { unitId: ownUnit } : {}),
    venue: VENUES[0],
    tags: [],
    timeZone: DEFAULT_ZONE,
    openingHours: [{ days: [...WEEKDAYS], from: '06:00', to: '23:00' }],
    orientation: 'landscape',
    loopId: '',
  };
}

/** The form of a screen that exists. */
export function draftOf(screen: ScreenView): ScreenDraft {
  const { name, kind, unitId, siteId, venue, tags, timeZone, openingHours, orientation } = screen;
  return {
    name,
    kind,
    unitId,
    siteId,
    venue,
    tags,
    timeZone,
    openingHours,
    orientation,
    nameEn: screen.nameEn ?? '',
    loopId: screen.loopId ?? '',
  };
}

/** The screen that the form makes under `id`; times are written out in full. */
export function screenOf(id: string, draft: ScreenDraft): RouteInput<typeof API.putScreen>['body'] {
  return {
    ...draft,
    id,
    name: draft.name.trim(),
    nameEn: draft.nameEn.trim() || null,
    unitId: draft.unitId ?? '',
    siteId: draft.siteId ?? '',
    loopId: draft.loopId || null,
    openingHours: draft.openingHours.map((span) => ({
      ...span,
      from: wallTimeFrom(span.from) ?? span.from,
      to: wallTimeFrom(span.to) ?? span.to,
    })),
  };
}
