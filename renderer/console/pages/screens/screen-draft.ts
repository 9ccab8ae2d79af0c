/** The form of a screen: what its fields hold, and the screen they make. */
import { type Screen, type Unit, VENUES } from '../../../../domain/catalogue/organisation.ts';
import type { DayPart } from '../../../../domain/time/opening-hours.ts';
import { WEEKDAYS } from '../../../../domain/time/weekday.ts';
import type { API } from '../../../../protocol/http/api.ts';
import type { RouteInput } from '../../../../protocol/http/route.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { wallTimeFrom } from '../../widgets/wall-time.ts';

/** Fields of the form; empty texts stand for null. */
export type ScreenDraft = Omit<Screen, 'id' | 'nameEn' | 'loopId' | 'unitId' | 'siteId' | 'syncGroup'> & {
  nameEn: string;
  /** Empty text: on its own. */
  syncGroup: string;
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
    rotation: 0,
    sound: null,
    syncGroup: '',
    loopId: '',
  };
}

/** The form of a screen that exists. */
export function draftOf(screen: ScreenView): ScreenDraft {
  const { name, kind, unitId, siteId, venue, tags, timeZone, openingHours, orientation } = screen;
  const { rotation, sound } = screen;
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
    rotation,
    sound,
    syncGroup: screen.syncGroup ?? '',
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
    openingHours: draft.openingHours.map(written),
    ...displayOf(draft),
  };
}

/** A channel without a player has no display to turn, tune or bring in step. */
function displayOf({
  kind,
  rotation,
  sound,
  syncGroup,
}: ScreenDraft): Pick<Screen, 'rotation' | 'sound' | 'syncGroup'> {
  if (kind === 'external') return { rotation: 0, sound: null, syncGroup: null };
  return {
    rotation,
    sound: sound && { ...sound, dayParts: sound.dayParts.map(written) },
    syncGroup: syncGroup.trim() || null,
  };
}

/** A span with its times written out in full. */
function written<Span extends DayPart>(span: Span): Span {
  return { ...span, from: wallTimeFrom(span.from) ?? span.from, to: wallTimeFrom(span.to) ?? span.to };
}
