/** A verifier's report as text. */
import type { BundleReport, ReportedDate } from '../domain/bundle/bundle-report.ts';
import { localTimestamp } from '../domain/time/zone-time.ts';
import { type BundleWords, bundleWords } from '../protocol/bundle-words.ts';
import type { Language } from './language.ts';

const LABELS = {
  zh: {
    subject: '证据包',
    campaign: '宣传活动',
    unit: '单位',
    log: '日志',
    entries: '条',
    vouched: (names: string): string => (names === '' ? '无见证方作证' : `${names} 作证`),
    screen: '屏幕',
    device: '播放器',
    bracket: '，签署时间不确定范围',
    plays: (plays: number, required: number): string => `播放 ${plays} 次，承诺 ${required} 次，`,
    signed: (by: readonly string[] | null): string =>
      by === null ? '' : by.length > 0 ? `，${by.join('、')} 已签署绑定` : '，绑定未经任何单位签署',
    unsigned: '绑定未经单位签署的屏幕',
    comma: '，',
    verdict: '结论',
  },
  en: {
    subject: 'Bundle',
    campaign: 'campaign',
    unit: 'unit',
    log: 'Log',
    entries: 'entries',
    vouched: (names: string): string => (names === '' ? 'no witness' : `vouched for by ${names}`),
    screen: 'Screen',
    device: 'player',
    bracket: ', signed within',
    plays: (plays: number, required: number): string => `${plays} of ${required} plays, `,
    signed: (by: readonly string[] | null): string =>
      by === null ? '' : by.length > 0 ? `, enrolment signed by ${by.join(', ')}` : ', enrolment signed by no unit',
    unsigned: 'Screens whose enrolment no unit signed',
    comma: ', ',
    verdict: 'Verdict',
  },
} as const;

/** Calendars end here (ECMAScript, Time Values); a record may say anything. */
const LATEST_MS = 8.64e15;

/** The report, one line a fact, ended by a newline. */
export function reportText(report: BundleReport, language: Language): string {
  const words = bundleWords(language);
  const label = LABELS[language];
  const { subject, log } = report;
  const filters = [
    ...(subject.campaign === null ? [] : [`${label.campaign} ${subject.campaign}`]),
    ...(subject.unit === null ? [] : [`${label.unit} ${subject.unit}`]),
  ];
  const when = log.loggedAtMs === null ? '' : ` ${localTimestamp(log.loggedAtMs, 'UTC')}`;
  const lines = [
    [`${label.subject} ${subject.from} – ${subject.to}`, ...filters].join(', '),
    `${label.log} ${log.origin}, ${log.size} ${label.entries}, ${log.root}`,
    `  ${label.vouched(log.witnesses.join(', '))}${when}`,
    ...report.screens.flatMap(({ screen, devices, dates }) => [
      '',
      `${label.screen} ${screen}`,
      ...devices.map(
        ({ device, assurance, enrolledAtMs, signedBy }) =>
          `  ${label.device} ${device.slice(0, 16)}, ${words.assurance[assurance]}, ${localTimestamp(enrolledAtMs, 'UTC')}${label.signed(signedBy)}`,
      ),
      ...dates.flatMap((date) => dateLines(date, words, label)),
    ]),
    '',
    ...(report.unsigned && report.unsigned.length > 0 ? [`${label.unsigned}: ${report.unsigned.join(', ')}`] : []),
    `${label.verdict}: ${words.proof[report.verdict]}`,
  ];
  return `${lines.join('\n')}\n`;
}

function dateLines(date: ReportedDate, words: BundleWords, label: (typeof LABELS)[Language]): string[] {
  const clock = (ms: number): string => (ms <= LATEST_MS ? localTimestamp(ms, date.timeZone ?? 'UTC') : `${ms} ms`);
  return [
    `  ${date.date}  ${words.proof[date.proof]}${date.widestMs === null ? '' : `${label.bracket} ${words.span(date.widestMs)}`}`,
    ...date.promises.map(
      ({ commitment, plays, required, signed, verdict }) =>
        `    ${commitment}: ${label.plays(plays, required)}${signed !== null && signed > plays ? `${words.signed(signed)}${label.comma}` : ''}${words.promise[verdict]}`,
    ),
    ...date.findings.map((finding) => `    - ${words.finding(finding, clock)}`),
  ];
}
