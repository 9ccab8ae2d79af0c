/** What a verifier found, in English. */
import type { Finding } from '../domain/bundle/finding.ts';
import type { BundleWords, WriteClock } from './bundle-words.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** The words. */
export const ENGLISH_BUNDLE_WORDS: BundleWords = {
  proof: {
    proved: 'proved',
    'proved-with-gaps': 'proved with declared gaps',
    incomplete: 'incomplete',
    contradicted: 'contradicted',
  },
  promise: {
    met: 'met',
    'met-by-make-good': 'met by make-good',
    short: 'short',
    unknown: 'unknown',
    'on-track': 'on track',
    'at-risk': 'at risk',
  },
  signed: (plays) => `${plays} signed by the player at the end of the day`,
  finding: findingText,
  rejection: {
    'not-a-bundle': 'This is no bundle, or it was damaged or changed since it was made',
    'newer-format': 'The bundle is of a newer format than this verifier knows',
    'out-of-order': 'The parts of the bundle are not in their order',
    'cut-off': 'The bundle is cut off',
    'log-unknown': 'The checkpoint is not signed by any log of the policy',
    'signature-forged': 'A signature under a checkpoint bears the name of a key of the policy and is not by it',
    'entry-not-included': 'An entry is not in the log that the checkpoint signs',
    'range-wrong': 'The entries are not those that the checkpoint signs: some were left out, put in or changed',
    'checkpoint-foreign': 'A former checkpoint is not of this log: the log has two histories',
    'program-malformed': 'A program is none',
  },
  span(ms) {
    if (ms === 'open') return 'unbounded';
    const parts: string[] = [];
    let rest = Math.round(ms / 1000) * 1000;
    for (const [unit, length] of UNITS) {
      const count = Math.floor(rest / length);
      rest -= count * length;
      if (count > 0 && parts.length < 2) parts.push(`${count} ${unit}`);
    }
    return parts.join(' ') || '0 s';
  },
  assurance: {
    A: 'class A: hardware key and verified boot',
    B: 'class B: hardware key',
    C: 'class C: key in a file',
  },
};

function findingText(finding: Finding, clock: WriteClock): string {
  switch (finding.kind) {
    case 'player-off':
      return `The player was off from ${clock(finding.fromMs)} to ${clock(finding.toMs)}`;
    case 'asleep':
      return `The machine slept from ${clock(finding.fromMs)} to ${clock(finding.toMs)}`;
    case 'journal-failed':
      return `The journal could not be written from ${clock(finding.fromMs)} to ${clock(finding.toMs)}`;
    case 'journal-anew':
      return `The player began a new journal; nothing is recorded from ${clock(finding.fromMs)} to ${clock(finding.toMs)}`;
    case 'clock-stepped':
      return `The clock was set between ${clock(finding.fromMs)} and ${clock(finding.toMs)}`;
    case 'not-enrolled':
      return `The screen had no player yet from ${clock(finding.fromMs)} to ${clock(finding.toMs)}`;
    case 'recovered':
      return `The player started after a crash at ${clock(finding.atMs)}; at most one play before it is missing`;
    case 'records-missing':
      return `No record says what was shown from ${clock(finding.fromMs)} to ${clock(finding.toMs)}`;
    case 'plays-overlap':
      return `Two players both claim to have been the screen from ${clock(finding.fromMs)} to ${clock(finding.toMs)}`;
    case 'count-differs':
      return `The player signed ${finding.signed} plays of ${finding.commitment}; the records hold ${finding.counted}`;
    case 'log-anew':
      return `The log was begun anew after ${finding.origin} with ${finding.size} entries was lost`;
    case 'program-missing':
      return `The program ${finding.program} is not in the bundle`;
    case 'program-not-logged':
      return `The program ${finding.program} is not in the log`;
    case 'program-not-assigned':
      return `The log never gave the screen the program ${finding.program}`;
    case 'programs-unknown':
      return 'Which program the log had given the screen when the date began is not shown';
    case 'device-unknown':
      return `The log knows no player with the key ${finding.device}`;
    case 'entry-unreadable':
      return `Entry ${finding.index} of the log cannot be read by this verifier`;
    case 'segment-refused':
      return `The server refused ${place(finding)} (${finding.reason})`;
    case 'segment-bad':
      return `${capital(place(finding))} is not what it says (${finding.fault})`;
    default:
      return plainText(finding);
  }
}

function plainText(finding: Exclude<Finding, { fromMs: number } | { atMs: number } | { program: string }>): string {
  switch (finding.kind) {
    case 'clock-unsynchronised':
      return 'The clock of the player was not set by the server';
    case 'not-closed':
      return 'The player did not sign the end of the day';
    case 'no-program':
      return 'No program is known for this date';
    case 'no-device':
      return 'The screen has no player in this bundle';
    case 'quorum-missing':
      return 'Fewer witnesses vouch for the log than the policy asks for';
    case 'not-logged':
      return `${capital(place(finding))} is not in the log`;
    case 'fork':
      return `The player signed two different versions of ${place(finding)}`;
    case 'other-segment':
      return `${capital(place(finding))} is not the one that was logged`;
    case 'chain-broken':
      return `${capital(place(finding))} does not follow the one before it`;
    case 'after-logged':
      return `${capital(place(finding))} holds times later than when it was logged`;
    case 'before-beacon':
      return `${capital(place(finding))} holds times earlier than the state of the log that it names`;
    case 'beacon-foreign':
      return `${capital(place(finding))} names a state that this log never had: the player was shown another log`;
    case 'manifest-foreign':
      return `${capital(place(finding))} names other media than its program has`;
    default:
      return finding.kind;
  }
}

const place = ({ epoch, segment }: { epoch: number; segment: number }): string => `segment ${epoch}/${segment}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
