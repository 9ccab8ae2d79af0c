/** How often things go wrong: like a year of bad luck in a month, roughly, or not at all. */

/**
 * Rates are of events a day; `oldLedger` and `clones` are shares of screens to which it happens once; `network` shares are of requests, `stage` shares of
 * showings.
 */
export type FaultRates = {
  stops: number;
  restarts: number;
  takeovers: number;
  outages: number;
  longestOutageMs: number;
  clockSteps: number;
  media: number;
  disk: number;
  rot: number;
  serverEnds: number;
  oldLedger: number;
  clones: number;
  network: {
    lost: number;
    unanswered: number;
    doubled: number;
    late: number;
    storeFails: number;
    damaged: number;
    forged: number;
    lied: number;
  };
  stage: { failed: number; cut: number; late: number; edge: number };
};

const DAY_MS = 86_400_000;

/** A year of bad luck in a month, and still a fleet that one would keep. */
export const REALISTIC: FaultRates = {
  stops: 0.2,
  restarts: 0.1,
  takeovers: 0.15,
  outages: 0.12,
  longestOutageMs: 21 * DAY_MS,
  clockSteps: 0.04,
  media: 0.05,
  disk: 0.02,
  rot: 0.003,
  serverEnds: 0.1,
  oldLedger: 0,
  clones: 0,
  network: {
    lost: 0.02,
    unanswered: 0.02,
    doubled: 0.02,
    late: 0.02,
    storeFails: 0.002,
    damaged: 0.0001,
    forged: 0.0001,
    lied: 0.001,
  },
  stage: { failed: 1 / 6000, cut: 1 / 6000, late: 1 / 6000, edge: 1 / 4000 },
};

/** Much more of everything, for short runs that are to meet it all. */
export const ROUGH: FaultRates = {
  stops: 0.9,
  restarts: 0.3,
  takeovers: 0.5,
  outages: 0.4,
  longestOutageMs: 5 * DAY_MS,
  clockSteps: 0.25,
  media: 0.4,
  disk: 0.2,
  rot: 0.05,
  serverEnds: 0.4,
  oldLedger: 0.25,
  clones: 0.1,
  network: {
    lost: 0.05,
    unanswered: 0.05,
    doubled: 0.05,
    late: 0.05,
    storeFails: 0.02,
    damaged: 0.002,
    forged: 0.01,
    lied: 0.02,
  },
  stage: { failed: 1 / 800, cut: 1 / 800, late: 1 / 800, edge: 1 / 500 },
};

/** Nothing goes wrong. */
export const NONE: FaultRates = {
  stops: 0,
  restarts: 0,
  takeovers: 0,
  outages: 0,
  longestOutageMs: DAY_MS,
  clockSteps: 0,
  media: 0,
  disk: 0,
  rot: 0,
  serverEnds: 0,
  oldLedger: 0,
  clones: 0,
  network: { lost: 0, unanswered: 0, doubled: 0, late: 0, storeFails: 0, damaged: 0, forged: 0, lied: 0 },
  stage: { failed: 0, cut: 0, late: 0, edge: 0 },
};
