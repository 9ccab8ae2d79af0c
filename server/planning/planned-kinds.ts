/** The kinds of all screens with their programs, each made once. */
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { buildProgram } from '../../domain/plan/build-program.ts';
import type { Program } from '../../domain/plan/program.ts';
import { screenKinds } from '../../domain/plan/screen-kinds.ts';
import { withoutParts, withParts } from '../../domain/plan/with-parts.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import { sha256 } from '../sha256.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';
import type { PlannedKind } from './shared-counts.ts';

/** `dateOf`: the date from which a screen's program starts. */
export function plannedKinds(snapshot: CatalogueSnapshot, dateOf: (screen: Screen) => LocalDate): PlannedKind[] {
  return screenKinds(snapshot.screens.values(), snapshot, dateOf).map((kind) => {
    const campaigns = kind.campaigns.flatMap((id) => snapshot.campaigns.get(id) ?? []);
    return { kind, program: programOfKind(kind.sample, campaigns, snapshot, kind.date) };
  });
}

/** The program of screens like `screen`: counts shared out stand with 0; a channel without a player has no part in them. */
export function programOfKind(
  screen: Screen,
  campaigns: readonly Campaign[],
  snapshot: CatalogueSnapshot,
  date: LocalDate,
): Program {
  const program = buildProgram(screen, campaigns, snapshot, date, sha256);
  return screen.kind === 'player' ? withParts(program, new Map()) : withoutParts(program);
}
