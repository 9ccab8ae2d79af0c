/** What every kind of content does on the stage: get ready behind, start, report its end, let go. */

/** Frames presented and frames lost while it showed. */
export type FrameCount = { frames: number; dropped: number };

/** Content that takes a while from its beginning to its first movement. */
export type Ahead = {
  /** The while, in milliseconds: that much before its clock is to run it is begun; 0 where `start` is soon enough. */
  leadMs(): number;
  /** Called in an animation frame before `start`. */
  begin(): void;
  /** The switch was called off: if it has begun, it stands ready as before. */
  rest(): void;
};

/** One slot's content on one layer. */
export type Exhibit = {
  /** True for content whose frames are counted one by one. */
  readonly moving: boolean;
  /** Resolves when it stands ready behind what shows; rejects with a StageFailure. Called once. */
  prepare(): Promise<void>;
  /** How it begins behind what shows, ahead of its switch; null where `start` is always soon enough. */
  readonly ahead: Ahead | null;
  /** Called in the animation frame that puts it on the screen; a film's first frame stands `holdMs` longer. */
  start(holdMs: number): void;
  /** When its own last frame will have stood for its full length, on the page's clock; null where it has no own end. */
  endsAtMs(): number | null;
  /** Lays its text out anew after a change of size. */
  layout(): void;
  /** Frames until now. */
  count(): FrameCount;
  /** Lets go of everything it holds; may be called more than once. */
  stop(): void;
};
