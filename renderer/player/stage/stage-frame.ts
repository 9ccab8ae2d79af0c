/** The frame of the stage: how far it is turned on the display, and its size as what stands on it sees it. */
import type { Rotation } from '../../../domain/catalogue/organisation.ts';

/** Width and height in CSS pixels, after turning. */
export type StageSize = { widthPx: number; heightPx: number };

/** The frame. */
export type StageFrame = {
  /** The stage's own size: that of the page, its sides changed over where the stage lies on its side. */
  size(): StageSize;
  /** Turns everything on the stage clockwise; tells whether that changed anything. */
  turn(rotation: Rotation): boolean;
};

/** Frames `root`, upright. The turning itself is the style sheet's. */
export function createStageFrame(root: HTMLElement): StageFrame {
  let turned: Rotation = 0;
  return {
    size: () => sizeTurned({ widthPx: window.innerWidth, heightPx: window.innerHeight }, turned),
    turn(rotation) {
      if (rotation === turned) return false;
      turned = rotation;
      root.setAttribute('data-turn', String(rotation));
      return true;
    },
  };
}

/** The size of a stage turned by `rotation` on a page of size `page`. */
export function sizeTurned(page: StageSize, rotation: Rotation): StageSize {
  const liesOnSide = rotation === 90 || rotation === 270;
  return liesOnSide ? { widthPx: page.heightPx, heightPx: page.widthPx } : page;
}
