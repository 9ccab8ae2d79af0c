/** What the engine hands to the stage director and gets back: slots with all that their record will need. */
import type { Slot } from '../../domain/plan/day-plan.ts';
import type { Program } from '../../domain/plan/program.ts';
import type { DatedSlot } from '../../domain/playback/timeline.ts';
import type { StageContent } from '../../protocol/stage.ts';
import { contentOf } from '../stage-port.ts';

/** A program with the hashes it is recorded under. */
export type ActiveProgram = { program: Program; hash: string; manifestHash: string };

/** A slot to be shown, under the program it was planned from. */
export type Cue = DatedSlot & {
  content: StageContent;
  sha: string;
  campaign: string | null;
  under: ActiveProgram;
};

/**
 * A showing that is over, on the agent's monotonic clock. `seen` is what the page measured, null where it did not tell;
 * `frames` then counts those of its pulses. `hasFailed`: the page could not show it.
 */
export type Over = {
  cue: Cue;
  m0: number;
  m1: number;
  seen: { shownMs: number; dropped: number; visible: boolean } | null;
  frames: number;
  hasFailed: boolean;
};

/** The cue of a slot, or null where the program does not say what its item is. */
export function cueOf(dated: DatedSlot, under: ActiveProgram): Cue | null {
  const { program } = under;
  const item = program.manifest[dated.slot.item];
  if (!item) return null;
  return { ...dated, content: contentOf(item), sha: item.sha, campaign: campaignOf(program, dated.slot), under };
}

function campaignOf(program: Program, slot: Slot): string | null {
  return program.commitments.find(({ id }) => id === slot.commitment)?.campaign ?? null;
}

/** Whether the program says that the item is to leave the screen. */
export const isWithdrawn = ({ program }: ActiveProgram, item: string): boolean =>
  program.withdrawn !== undefined && Object.hasOwn(program.withdrawn, item);
