/** One slot on the stage, from its preparation until it is let go. */
import type { Exhibit } from '../content/exhibit.ts';
import type { Plane } from './plane.ts';

/** `broken`: it failed while it showed; its last picture stands until the next switch. */
export type SlotPhase = 'preparing' | 'ready' | 'showing' | 'broken' | 'over';

/** `startedAtMs`: the frame of its first picture, on the page's clock; `wasHidden`: the page was hidden while it showed. */
export type Slot = {
  readonly id: string;
  readonly plane: Plane;
  readonly exhibit: Exhibit;
  phase: SlotPhase;
  startedAtMs: number;
  wasHidden: boolean;
};

/** Whether the page was visible from the slot's start until now. */
export function slotVisible(slot: Slot): boolean {
  return !slot.wasHidden && !document.hidden;
}
