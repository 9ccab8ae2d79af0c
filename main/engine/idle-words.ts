/** What the page is told beside slots, and what a status says where there is none. */
import type { Status } from '../../protocol/player-link.ts';
import type { StageCommand } from '../../protocol/stage.ts';
import { tickerLines } from '../stage-port.ts';
import type { ActiveProgram } from './cue.ts';
import type { PairingNotice } from './engine-port.ts';

/** What the words depend on. `isLoading`: media of the program are not here yet. */
export type Surroundings = {
  active: ActiveProgram | null;
  pairing: PairingNotice | null;
  isOpen: boolean;
  isLoading: boolean;
};

/** The words. */
export const idleWords = {
  /** The page without a slot. */
  command({ active, pairing, isOpen, isLoading }: Surroundings): StageCommand {
    if (!active) return pairing ? { type: 'pairing', ...pairing } : { type: 'idle', reason: 'no-program' };
    if (!isOpen) return { type: 'idle', reason: 'closed' };
    return { type: 'idle', reason: isLoading ? 'loading' : 'nothing-due' };
  },
  /** The state of an open screen without a slot. */
  state({ active, isLoading }: Surroundings): Status['state'] {
    if (!active) return 'no-program';
    return isLoading ? 'fetching' : 'idle';
  },
  /** The lines that run along the bottom. */
  ticker({ active, pairing }: Pick<Surroundings, 'active' | 'pairing'>): StageCommand {
    const lines = active ? tickerLines(active.program) : [];
    // A screen that plays on although the server does not know it tells its code in passing.
    const notice = pairing && active ? [{ text: `配对码 Pairing code: ${pairing.code}`, theme: 'ink' as const }] : [];
    return { type: 'ticker', lines: [...notice, ...lines] };
  },
};
