/** What the page says, in English. */
import type { Unchecked } from '../check/check-outcome.ts';
import type { PageWords } from './page-words.ts';

/** The words. */
export const ENGLISH_PAGE_WORDS: PageWords = {
  title: 'Offline verifier',
  lead: 'Checks the signatures, the log and the records of a bundle, and says for every screen and date what they prove.',
  bundle: 'Bundle',
  bundleNote: 'The file that xunbo export --bundle made',
  policy: 'Policy',
  policyNote: 'A text file that names the logs and witnesses you trust; bring your own',
  choose: 'Choose file',
  change: 'Change file',
  hint: 'Or drop both files anywhere on this page. Everything is checked in this browser: nothing is sent anywhere, and no network is needed.',
  dropHere: 'Drop the files',
  checking: 'Checking',
  stop: 'Stop',
  unchecked: 'Could not be checked',
  failure: failureText,
  report: 'Verification report',
  meaning: {
    proved: 'The records of every screen and date are all there, agree with each other and with the signed log.',
    'proved-with-gaps':
      'The records agree with each other and with the signed log; the players themselves declare gaps, listed with their dates.',
    incomplete: 'For some dates records or evidence are missing; nothing is assumed of those, listed with their dates.',
    contradicted:
      'For some dates records contradict each other or the log; no promise of those counts as kept, listed with their dates.',
  },
  rejected: 'Rejected',
  rejectedFor: (reason) => `${reason}. The whole bundle is no evidence; nothing in it was judged.`,
  print: 'Print',
  saveJson: 'Save as JSON',
  saveCsv: 'Save as CSV',
  facts: 'What was checked',
  period: 'Dates',
  campaign: 'Campaign',
  unit: 'Unit',
  screens: 'Screens',
  log: 'Log',
  entries: (count) => `${count.toLocaleString('en')} ${count === 1 ? 'entry' : 'entries'}`,
  root: 'Root hash of the log',
  vouched: 'Vouched for by',
  nobody: 'no witness',
  vouchedAt: 'Vouched for at',
  noTime: 'not said',
  bundleFile: 'Bundle file',
  policyFile: 'Policy file',
  checkedAt: 'Verified at (this machine’s clock)',
  checkedBy: 'Verified with',
  tally: 'In total',
  ofEvidence: 'Evidence, by screen and date',
  ofPromises: 'Promises, by screen and date',
  leftOut: (names) =>
    `Browsers cannot verify ML-DSA-44 signatures; signatures by these keys were neither checked nor asked for: ${names}. To check them too, use the command xunbo verify.`,
  screen: 'Screen',
  noDevice: 'The log knows no player of this screen',
  player: 'Player',
  standing: (assurance, enrolled) => `${assurance}, enrolled ${enrolled}`,
  signedBy: (units) => (units.length > 0 ? `enrolment signed by ${units.join(', ')}` : 'enrolment signed by no unit'),
  unsigned: 'Screens whose enrolment no unit signed',
  timesIn: (zone) => `Times are local to ${zone}`,
  date: 'Date',
  evidence: 'Evidence',
  signedWithin: 'Signed within',
  promises: 'Promises',
  findings: 'Remarks',
  noPromises: 'nothing promised',
  plays: ({ plays, required, makeGoods }) =>
    [
      `${plays} ${plays === 1 ? 'play' : 'plays'}`,
      ...(makeGoods > 0 ? [`${makeGoods} of them made good`] : []),
      ...(required > 0 ? [`${required} promised`] : []),
    ].join(', '),
  none: 'none',
  limits: 'What this report cannot show',
  limitsText:
    'Whoever holds a player’s key can sign invented plays. The evidence bounds when they were signed and shows later changes; the class of the key says how far to trust the player. Take this page and the policy from a source that you trust, not from whoever is inspected.',
};

function failureText(failure: Unchecked): string {
  switch (failure.kind) {
    case 'bundle-too-large':
      return 'The bundle is larger than 2 GB. Check it with the command xunbo verify, or export shorter spans of dates.';
    case 'policy-too-large':
      return 'The file chosen as the policy is too large to be one.';
    case 'no-ed25519':
      return 'This browser does not verify Ed25519 signatures here. Save this page to your disk and open it from there, in Chrome or Edge 137, Firefox 130, Safari 17 or newer.';
    case 'no-checkable-log':
      return 'The policy names only ML-DSA-44 keys of logs, which browsers cannot verify. Use the command xunbo verify.';
    case 'policy-wrong':
      return `Line ${failure.line} of the policy is wrong; allowed is ${failure.what}.${
        failure.text.trim() === '' ? '' : ` It says: ${failure.text.trim().slice(0, 120)}`
      }`;
    case 'unreadable':
      return `The file cannot be read; it may have been moved or changed since it was chosen. Choose it again. (${failure.message})`;
    case 'broken':
      return `The check broke off without a verdict. (${failure.message})`;
  }
}
