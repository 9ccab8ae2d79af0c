/** From catalogue to program: what one screen promises, loops and shows. */
import { type Campaign, type Creative, type Flight, flightEnd, isTargeted } from '../catalogue/campaign.ts';
import type { ItemPlacement, LoopPlacement, Media, Playlist, Slogan, Stream } from '../catalogue/content.ts';
import type { Screen, Unit } from '../catalogue/organisation.ts';
import type { Sha256 } from '../proof/merkle.ts';
import { contentHash } from '../proof/segment.ts';
import type { LocalDate } from '../time/zone-time.ts';
import {
  type LoopItem,
  type Manifest,
  type ManifestItem,
  PROGRAM_FORMAT,
  type Program,
  type ProgramCommitment,
  type TimedItem,
} from './program.ts';

/** How long an image stands where its placement does not say. */
export const DEFAULT_IMAGE_MS = 8000;

const MS_A_MINUTE = 60_000;

/** The parts of the catalogue that programs are made of, by id. */
export type ProgramSources = {
  units: ReadonlyMap<string, Unit>;
  media: ReadonlyMap<string, Media>;
  slogans: ReadonlyMap<string, Slogan>;
  streams: ReadonlyMap<string, Stream>;
  playlists: ReadonlyMap<string, Playlist>;
  campaigns: ReadonlyMap<string, Campaign>;
};

/** Id of a commitment in programs, records and counters: campaign, commitment and flight. */
export const programCommitmentId = (campaignId: string, commitmentId: string, flightId: string): string =>
  `${campaignId}.${commitmentId}.${flightId}`;

/** The live campaigns that mean `screen` and have a flight that is not over on `date`, by id. */
export function campaignsOf(screen: Screen, sources: ProgramSources, date: LocalDate): Campaign[] {
  return [...sources.campaigns.values()]
    .filter(
      (c) => c.state === 'live' && c.flights.some((f) => flightEnd(f) >= date) && isTargeted(c, screen, sources.units),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What a program does with withdrawn content: it is left out of all but the list of what is withdrawn, or stands as if it were not. */
type WithdrawnContent = 'left-out' | 'kept';

/**
 * The program of `screen` with `campaigns` (see {@link campaignsOf}). Flights that ended before `date` are left out;
 * nothing in it names the screen, so that equal screens get the same program and the same hash.
 */
export function buildProgram(
  screen: Screen,
  campaigns: readonly Campaign[],
  sources: ProgramSources,
  date: LocalDate,
  sha256: Sha256,
  ofWithdrawn: WithdrawnContent = 'left-out',
): Program {
  const manifest: Manifest = {};
  const withdrawn: Record<string, string> = {};
  /** Notes the item in the manifest and gives its duration; null where nothing of that id exists or it is withdrawn, which is noted. */
  const place = (placement: ItemPlacement): { item: string; durationMs: number } | null => {
    const known = describeItem(placement.item, sources, sha256);
    if (!known) return null;
    if (known.isWithdrawn && ofWithdrawn === 'left-out') {
      withdrawn[placement.item] = known.manifest.sha;
      return null;
    }
    manifest[placement.item] = known.manifest;
    return { item: placement.item, durationMs: known.durationMs ?? placement.durationMs ?? DEFAULT_IMAGE_MS };
  };
  const loop = screen.loopId === null ? undefined : sources.playlists.get(screen.loopId);
  return {
    format: PROGRAM_FORMAT,
    timeZone: screen.timeZone,
    openingHours: screen.openingHours,
    loop: (loop?.items ?? [])
      .filter((item) => item.to === null || item.to >= date)
      .flatMap((item) => loopItem(item, place)),
    ticker: (loop?.ticker ?? []).filter((id) => place({ item: id, durationMs: null }) !== null),
    commitments: campaigns.flatMap((campaign) =>
      campaign.flights
        .filter((flight) => flightEnd(flight) >= date)
        .flatMap((flight) => flightCommitments(campaign, flight, place, withdrawn)),
    ),
    manifest,
    ...displayOf(screen),
    ...(Object.keys(withdrawn).length > 0 && { withdrawn }),
  };
}

/** Upright, silent and on its own is what is left out, so that the programs of most screens stay as they are. */
function displayOf({ rotation, sound, syncGroup }: Screen): Pick<Program, 'display' | 'inStep'> {
  const display = { ...(rotation !== 0 && { rotation }), ...(sound !== null && { sound }) };
  return {
    ...(Object.keys(display).length > 0 && { display }),
    ...(syncGroup !== null && { inStep: true }),
  };
}

/** What is left out of a loop item does not bind, so that equal loops are written alike. */
function loopItem(placement: LoopPlacement, place: (item: ItemPlacement) => TimedItem | null): LoopItem[] {
  const placed = place(placement);
  if (!placed) return [];
  const { from, to, weekdays, dayParts, separation } = placement;
  return [
    {
      ...placed,
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
      ...(weekdays.length === 0 ? {} : { weekdays }),
      ...(dayParts.length === 0 ? {} : { dayParts }),
      ...(separation === null ? {} : { separation }),
    },
  ];
}

function flightCommitments(
  campaign: Campaign,
  flight: Flight,
  place: (creative: Creative) => TimedItem | null,
  withdrawn: Readonly<Record<string, string>>,
): ProgramCommitment[] {
  const creatives = campaign.creatives.filter((c) => c.flights.length === 0 || c.flights.includes(flight.id));
  const items = creatives.flatMap((c) => {
    const placed = place(c);
    return placed ? [{ ...placed, weight: c.weight }] : [];
  });
  // What is withdrawn is still promised: the commitment stands, and is short, until somebody restores or replaces it.
  if (items.length === 0 && !creatives.some(({ item }) => Object.hasOwn(withdrawn, item))) return [];
  return campaign.commitments.map((commitment) => ({
    id: programCommitmentId(campaign.id, commitment.id, flight.id),
    campaign: campaign.id,
    scope: commitment.scope,
    from: flight.from,
    to: flightEnd(flight),
    weekdays: campaign.weekdays,
    dayParts: commitment.dayParts.length > 0 ? commitment.dayParts : campaign.dayParts,
    items,
    // Exact times promise one play each, and are all that their commitment promises.
    minPlays: commitment.exactTimes.length > 0 ? commitment.exactTimes.length : commitment.minPlays,
    maxPlaysPerHour: commitment.maxPlaysPerHour,
    minGapMs: commitment.minGapMin === null ? null : commitment.minGapMin * MS_A_MINUTE,
    maxGapMs: commitment.maxGapMin === null ? null : commitment.maxGapMin * MS_A_MINUTE,
    minShare: commitment.minShare,
    minAirtimeShare: commitment.minAirtimeShare,
    exactTimes: commitment.exactTimes,
    separation: campaign.separation,
    minConsecutiveDays: commitment.minConsecutiveDays,
    priority: commitment.priority,
    frontLoad: campaign.frontLoad,
  }));
}

function describeItem(
  id: string,
  sources: ProgramSources,
  sha256: Sha256,
): { manifest: ManifestItem; durationMs: number | null; isWithdrawn: boolean } | null {
  const media = sources.media.get(id);
  if (media) {
    const { type, sha, bytes, mime, durationMs, name, fit, pan } = media;
    const isWithdrawn = media.withdrawnAtMs !== null;
    const stored = { sha, bytes, mime, durationMs, name };
    const manifest: ManifestItem =
      type === 'video'
        ? { type, ...stored }
        : { type, ...stored, ...(fit === 'cover' && { fit }), ...(pan && { pan }) };
    return { manifest, durationMs, isWithdrawn };
  }
  const slogan = sources.slogans.get(id);
  if (!slogan) return describeStream(sources.streams.get(id), sha256);
  const { shape, text, textEn, theme, name, durationMs } = slogan;
  const sha = contentHash({ shape, text, textEn, theme }, sha256);
  const isWithdrawn = slogan.withdrawnAtMs !== null;
  return { manifest: { type: shape, sha, text, textEn, theme, name }, durationMs, isWithdrawn };
}

function describeStream(
  stream: Stream | undefined,
  sha256: Sha256,
): { manifest: ManifestItem; durationMs: null; isWithdrawn: false } | null {
  if (!stream) return null;
  const { url, name } = stream;
  return {
    manifest: { type: 'live', sha: contentHash({ url }, sha256), url, name },
    durationMs: null,
    isWithdrawn: false,
  };
}
