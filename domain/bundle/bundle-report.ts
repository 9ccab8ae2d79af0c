/** What a verifier says of a bundle: every screen and date of it. */
import { hex } from '../proof/segment.ts';
import { addDays, daysBetween, type LocalDate } from '../time/zone-time.ts';
import type { Checkpoint } from '../tlog/checkpoint.ts';
import type { BundleSubject } from './bundle-part.ts';
import type { DeviceWalk, WalkGround } from './device-walk.ts';
import { type Finding, type ProofVerdict, worstVerdict } from './finding.ts';
import { type JudgedScreenDate, judgeScreenDate } from './judge-screen-date.ts';
import type { LogFacts } from './log-facts.ts';

/** A screen's date in the report. */
export type ReportedDate = JudgedScreenDate & { date: LocalDate };

/** A device in the report, as it was enrolled. `signedBy`: units of the policy that signed that; null where the policy names none. */
export type ReportedDevice = {
  device: string;
  assurance: 'A' | 'B' | 'C';
  enrolledAtMs: number;
  signedBy: string[] | null;
};

/** Units that signed an enrolment, by its text. */
export type Signers = Map<string, ReadonlySet<string>>;

/** What was found. `verdict` is the worst of all dates; `loggedAtMs`: when the checkpoint was vouched for. */
export type BundleReport = {
  subject: BundleSubject;
  log: { origin: string; size: number; root: string; witnesses: string[]; loggedAtMs: number | null };
  verdict: ProofVerdict;
  /** Screens with an enrolment that no unit of the policy signed; null where the policy names none. */
  unsigned: string[] | null;
  screens: { screen: string; devices: ReportedDevice[]; dates: ReportedDate[] }[];
};

/** What is known of a bundle as a whole: its subject, the checkpoint with who vouched for it, and what the log says. `findings` concern all of it. */
export type BundleHead = {
  subject: BundleSubject;
  checkpoint: Checkpoint;
  witnesses: string[];
  findings: Finding[];
  facts: LogFacts;
};

/** An assignment joins the log within this much of the time it says. */
const LATE_ENTRY_MS = 600_000;
/** Puts the report together. `ofScreens`: what was found of a screen that no walk could take. */
export function reportOn(
  { subject, checkpoint, witnesses, findings, facts }: BundleHead,
  { programs, times, range }: WalkGround,
  walks: readonly DeviceWalk[],
  ofScreens: ReadonlyMap<string, readonly Finding[]>,
  signers: Signers | null,
): BundleReport {
  const general: Finding[] = [
    ...findings,
    ...facts.successions().map(({ origin, size }): Finding => ({ kind: 'log-anew', origin, size })),
    ...facts.unreadable().map((index): Finding => ({ kind: 'entry-unreadable', index })),
  ];
  const dates = Array.from({ length: daysBetween(subject.from, subject.to) + 1 }, (_, k) => addDays(subject.from, k));
  const screens = subject.screens.map((screen) => {
    const own = walks.filter((walk) => walk.screen === screen);
    const assigned = facts.assignmentsOf(screen).map(({ program, atMs, index }) => ({
      program,
      index,
      // An earlier time than the log can have known is not believed.
      fromMs: Math.max(atMs, (times.notBefore(index) ?? 0) - LATE_ENTRY_MS),
    }));
    // Of what is before the range a bundle shows as much as it likes.
    const whole = assigned.filter(({ index }) => index >= range.from);
    const knowledge = {
      timelines: own.map((walk) => walk.timeline),
      programs,
      assigned,
      knownFromMs: range.from === 0 ? 0 : Math.min(Number.MAX_SAFE_INTEGER, ...whole.map(({ fromMs }) => fromMs)),
      isLogged: facts.hasProgram,
      startsNew: facts
        .enrolmentsOf(screen)
        .every(({ device }) => own.some((walk) => walk.device === device && walk.startsNew())),
      findings: [...general, ...own.flatMap((walk) => walk.findings), ...(ofScreens.get(screen) ?? [])],
    };
    return {
      screen,
      devices: facts.enrolmentsOf(screen).map(({ device, assurance, atMs, text }) => ({
        device,
        assurance,
        enrolledAtMs: atMs,
        signedBy: signers && [...(signers.get(text) ?? [])].sort(),
      })),
      dates: dates.map((date) => ({ date, ...judgeScreenDate(knowledge, date, subject.campaign) })),
    };
  });
  return {
    subject,
    log: {
      origin: checkpoint.origin,
      size: checkpoint.size,
      root: hex(checkpoint.root),
      witnesses,
      loggedAtMs: times.notAfter(checkpoint.size - 1),
    },
    verdict: worstVerdict(screens.flatMap(({ dates: judged }) => judged.map(({ proof }) => proof))),
    unsigned: signers && screens.filter(isUnsigned).map(({ screen }) => screen),
    screens,
  };
}

const isUnsigned = ({ devices }: { devices: readonly ReportedDevice[] }): boolean =>
  devices.some(({ signedBy }) => signedBy?.length === 0);
