/** The port to the power of the display. */

/** What a display is told. */
export type PowerState = 'on' | 'off';

/** A way to switch the display. `name` is for the log. */
export type DisplayPower = {
  name: string;
  /** Tells the display; telling it what it is already does no harm. Rejects where that failed, with the reason. */
  set(state: PowerState): Promise<void>;
};
