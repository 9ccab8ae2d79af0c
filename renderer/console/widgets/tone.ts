/** What a state is like, whatever it is the state of. */

/** Shapes: good ●, steady ◐, warn ▲, bad ■, blank ○. */
export type Tone = 'good' | 'steady' | 'warn' | 'bad' | 'blank';
