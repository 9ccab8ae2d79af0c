/** The engine as its surroundings see it: what it needs, and what it can be told. */
import type { Rotation } from '../../domain/catalogue/organisation.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import type { Status, Takeover } from '../../protocol/player-link.ts';
import type { Timers } from '../clock.ts';
import type { DisciplinedClock } from '../disciplined-clock.ts';
import type { Incidents } from '../incidents.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { PlayShots } from '../shots/play-shots.ts';
import type { StagePort } from '../stage-port.ts';
import type { ActiveProgram } from './cue.ts';

/** A pairing code to be shown, where to enter it, and the id of this player's key. */
export type PairingNotice = { code: string; server: string; device: string };

/** What the engine needs. `opened` gives the journal and the screen, null before the first enrolment. */
export type EngineDeps = {
  clock: DisciplinedClock;
  timers: Timers;
  stage: StagePort;
  log: Log;
  incidents: Incidents;
  opened: () => { journal: Journal; screen: string } | null;
  /** Whether the media of an item stands verified in the cache (always true for slogans). */
  isCached: (active: ActiveProgram, item: string) => boolean;
  /** Called with every record that is on the disk. */
  onRecord: (record: ProofRecord) => void;
  /** How the display hung under the last program; for a player that has none. */
  hangs: () => Rotation;
  /** Called when the plan has begun or ceased to miss a promise of today. */
  onRisk: () => void;
  /** Called when an emergency message has begun, changed or ended, by itself too. */
  onTakeover: (standing: Takeover | null) => void;
  /** Takes pictures of plays for their records. */
  playShots?: PlayShots;
};

/** The running engine. */
export type Engine = {
  /** Takes what the journal says of the last days; before the first program. */
  restore(records: readonly ProofRecord[]): void;
  /** From the end of the slot on the screen on, this is played. `isFirst`: the screen never had one before. */
  setProgram(active: ActiveProgram | null, isFirst?: boolean): void;
  /** Leaves the screen at once: what is on it is recorded as cut, and there is no program any more. */
  retire(): void;
  /** An emergency message stands over everything until its end, null: none. What showed is cut, and the day is planned anew around it. */
  takeOver(next: Takeover | null): void;
  /** A withdrawn item has left the screen and the cache. */
  noteWithdrawn(item: { subject: string; sha: string }): void;
  /** Media came or went: plan with what there is. */
  mediaChanged(): void;
  setPairing(notice: PairingNotice | null): void;
  /** Brings the page up anew, which is no fault of what shows; that is recorded as cut. */
  reloadPage(reason: string): void;
  /** Whether the time believed can be true; else no day is claimed. */
  isTimeCertain(): boolean;
  status(): Pick<Status, 'state' | 'showing' | 'date' | 'tally' | 'loop' | 'short' | 'takeover'>;
  start(): void;
  /** Records what is on the screen as cut and stops. */
  stop(): void;
};
