/** What an audit finds to be otherwise than it must be. */

/** What differs. Stable, for whoever reads the findings by program. */
export type DifferenceKind =
  | 'segment'
  | 'chain'
  | 'counters'
  | 'document'
  | 'fork'
  | 'quarantine'
  | 'device'
  | 'entry'
  | 'tile'
  | 'checkpoint';

/** One finding: of what, and what is wrong with it. */
export type Difference = { kind: DifferenceKind; subject: string; detail: string };

/** How much was looked at. */
export type Checked = {
  segments: number;
  /** Segments whose bodies were dropped for their age. */
  dropped: number;
  plays: number;
  screens: number;
  screenDays: number;
  /** Signed ends of day in stored segments. */
  dayCloses: number;
  documents: number;
  forks: number;
  quarantined: number;
  devices: number;
  entries: number;
  tiles: number;
  checkpoints: number;
};

/** Nothing yet. */
export const nothingChecked = (): Checked => ({
  segments: 0,
  dropped: 0,
  plays: 0,
  screens: 0,
  screenDays: 0,
  dayCloses: 0,
  documents: 0,
  forks: 0,
  quarantined: 0,
  devices: 0,
  entries: 0,
  tiles: 0,
  checkpoints: 0,
});

/** The finding as one sentence. */
export const differenceLine = ({ subject, detail }: Difference): string => `${subject}: ${detail}`;

/** A segment by its place, as findings name it. */
export const segmentName = (of: { device: string; epoch: number; segment: number }): string =>
  `segment ${of.segment} of epoch ${of.epoch} of device ${of.device.slice(0, 16)}`;
