/** The phase of a campaign as shape and word. */
import { useTexts } from '../../i18n/i18n.ts';
import { StatusDot, type Tone } from '../../widgets/status-dot.tsx';
import type { Phase } from './campaign-phase.ts';
import { texts } from './texts.ts';

const TONES: Record<Phase, Tone> = {
  running: 'good',
  pause: 'steady',
  upcoming: 'steady',
  draft: 'blank',
  over: 'blank',
  ended: 'bad',
};

/** Shape and word. */
export function PhaseMark({ phase }: { phase: Phase }) {
  const t = useTexts(texts);
  return <StatusDot tone={TONES[phase]} label={t(`phase.${phase}`)} quiet={phase === 'over' || phase === 'ended'} />;
}
