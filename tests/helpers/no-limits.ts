/** A promise that neither limits nor asks for anything but its count. */

/** The terms a promise leaves out; a test sets those it is about. */
export const NO_LIMITS = {
  maxPlaysPerHour: null,
  minGapMs: null,
  maxGapMs: null,
  minShare: null,
  minAirtimeShare: null,
};
