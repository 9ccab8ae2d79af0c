/** A verdict as a tag: shape, word, and the reason where there is one. */
import type { CommitmentDay, Verdict } from '../../../protocol/http/views.ts';
import { useTexts } from '../i18n/i18n.ts';
import { StatusShape, type Tone } from './status-dot.tsx';
import { verdictTexts } from './verdict-texts.ts';

/** What each verdict is like; `unknown` never looks like kept. */
export const VERDICT_TONES: Record<Verdict, Tone> = {
  met: 'good',
  'met-by-make-good': 'good',
  'on-track': 'steady',
  'at-risk': 'warn',
  short: 'bad',
  unknown: 'blank',
};

/** Lists draw thousands of these: the explanation is a plain title. `external`: the screen is an external channel, whose plays are attested. `broken`: the forms that were not kept. `plain`: the word alone, without reasons. */
export function VerdictTag({
  verdict,
  reasons = [],
  broken = [],
  external = false,
  plain = false,
}: {
  verdict: Verdict;
  reasons?: CommitmentDay['reasons'];
  broken?: CommitmentDay['broken'];
  external?: boolean;
  plain?: boolean;
}) {
  const t = useTexts(verdictTexts);
  const key = external && verdict === 'unknown' ? 'unknown-external' : verdict;
  const explained = external && verdict === 'met' ? 'met-external' : key;
  // That a channel without a player has none says nothing.
  const said = external ? reasons.filter((reason) => reason !== 'not-enrolled') : reasons;
  // That the count is short is what the verdict says by itself.
  const how = broken.filter((form) => form !== 'count').map((form) => t(`broken.${form}`));
  const why = plain ? [] : [...how, ...said.map((reason) => t(`reason.${reason}`))];
  const tone = VERDICT_TONES[verdict];
  return (
    <span className={`x-verdict x-tone-${tone}`} title={[t(`explain.${explained}`), ...why].join(' · ')}>
      <StatusShape tone={tone} />
      <span className="x-ellipsis">{[t(`verdict.${key}`), ...why].join(' · ')}</span>
    </span>
  );
}
