/** How many dates and promises came to which verdict. */
import type { BundleReport } from '../../../domain/bundle/bundle-report.ts';
import { PROOF_VERDICTS } from '../../../domain/bundle/finding.ts';
import { element } from './element.ts';
import type { ReportWords } from './screen-section.ts';
import { PROMISE_TONES, PROMISE_VERDICTS, PROOF_TONES, type Tone, verdictMark } from './verdict-mark.ts';

/** Both lines of counts; verdicts that nothing came to are left out. */
export function reportTally({ screens, unsigned }: BundleReport, { page, found }: ReportWords): HTMLElement {
  const dates = screens.flatMap((screen) => screen.dates);
  const proofs = countOf(dates.map(({ proof }) => proof));
  const promises = countOf(dates.flatMap((date) => date.promises.map(({ verdict }) => verdict)));
  const marks = PROOF_VERDICTS.flatMap((verdict) =>
    countMark(PROOF_TONES[verdict], found.proof[verdict], proofs.get(verdict)),
  );
  const kept = PROMISE_VERDICTS.flatMap((verdict) =>
    countMark(PROMISE_TONES[verdict], found.promise[verdict], promises.get(verdict)),
  );
  const bare =
    unsigned === null || unsigned.length === 0
      ? []
      : [element('dt', {}, page.unsigned), element('dd', { class: 'v-missing' }, unsigned.join(', '))];
  const line = (name: string, content: HTMLElement[]): HTMLElement[] => [
    element('dt', {}, name),
    element('dd', { class: 'v-marks' }, ...(content.length === 0 ? [page.noPromises] : content)),
  ];
  return element(
    'section',
    { class: 'v-part' },
    element('h3', {}, page.tally),
    element('dl', { class: 'v-facts' }, ...line(page.ofEvidence, marks), ...line(page.ofPromises, kept), ...bare),
  );
}

function countOf<Value>(values: readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const countMark = (tone: Tone, word: string, count = 0): HTMLElement[] =>
  count === 0 ? [] : [verdictMark(tone, `${word} ${count}`)];
