/** What is learnt about the start of films: how long before its moment one has to be begun. */
import { expect, test } from 'vitest';
import { createFilmLead, type FilmKind, type FilmLead, LONGEST_MS } from '../../../renderer/player/stage/film-lead.ts';

/** A film of 30 frames a second whose clock runs `tookMs` after its start; `lateMs` says how late each frame is seen. */
function play(lead: FilmLead, kind: FilmKind, tookMs: number, lateMs: (frame: number) => number = () => 0): void {
  const startedAtMs = 5_000;
  const tell = lead.watch(kind, startedAtMs);
  for (let frame = 0; frame < 60; frame += 1)
    tell({ shownAtMs: startedAtMs + tookMs + (frame * 1_000) / 30 + lateMs(frame), mediaTimeS: frame / 30 });
}

test('[ST42] a film is begun as much ahead as films of its kind took, which is learnt of each kind by itself', () => {
  const lead = createFilmLead();
  expect(lead.of('heard')).toBe(0);
  play(lead, 'heard', 70);
  play(lead, 'muted', 40);
  play(lead, 'silent', 5);
  expect([lead.of('heard'), lead.of('muted'), lead.of('silent')]).toEqual([expect.closeTo(70), expect.closeTo(40), 0]);
});

test('[ST42] one slow start, late frames and a start that went wrong change nothing', () => {
  const lead = createFilmLead();
  for (const tookMs of [60, 62, 200, 61]) play(lead, 'heard', tookMs);
  play(lead, 'heard', 60, (frame) => (frame % 3 === 0 ? 0 : 33));
  expect(lead.of('heard')).toBeCloseTo(61);
  for (let film = 0; film < 9; film += 1) play(lead, 'heard', LONGEST_MS + 1);
  expect(lead.of('heard')).toBeCloseTo(61);
});

test('[ST42] a machine that starts films faster than before is followed within three films', () => {
  const lead = createFilmLead();
  for (const tookMs of [90, 90, 90, 90, 90, 30, 30, 30]) play(lead, 'muted', tookMs);
  expect(lead.of('muted')).toBeCloseTo(30);
});

test('[ST42] a film that is broken off early teaches nothing', () => {
  const lead = createFilmLead();
  const tell = lead.watch('heard', 0);
  for (let frame = 0; frame < 10; frame += 1) tell({ shownAtMs: 50 + frame * 33, mediaTimeS: frame * 0.033 });
  expect(lead.of('heard')).toBe(0);
});
