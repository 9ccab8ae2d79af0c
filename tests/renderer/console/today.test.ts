/** Today: counts, filters, and the sentence on top. */
import { describe, expect, it } from 'vitest';
import type { CommitmentDay, TargetDay, Verdict } from '../../../protocol/http/views.ts';
import {
  countVerdicts,
  isPart,
  narrowRows,
  openFirst,
  summaryParts,
  todayLines,
  WORST_FIRST,
  withVerdict,
} from '../../../renderer/console/pages/today/today-rows.ts';
import { unitAndBelow, unitTree } from '../../../renderer/console/widgets/unit-tree.ts';

const row = (id: string, verdict: Verdict, unitId = 'centre'): CommitmentDay => ({
  date: '2026-07-01',
  screen: { id, name: `屏幕${id}`, nameEn: `Screen ${id}`, kind: 'player', unitId, online: true },
  campaign: { id: 'c', name: '入户', nameEn: 'Visits' },
  commitment: 'c.k.f',
  scope: 'screen',
  forms: ['count'],
  broken: [],
  required: 3,
  played: 0,
  proven: 0,
  makeGoods: 0,
  expected: null,
  shortBy: null,
  metByMs: null,
  closesAtMs: null,
  closed: false,
  verdict,
  reasons: [],
});

const everything = { units: null, campaign: null, search: '' };

describe('summary', () => {
  it('[C10] kept by make-good counts as kept, unknown never does', () => {
    const counts = countVerdicts([row('1', 'met'), row('2', 'met-by-make-good'), row('3', 'unknown')]);
    expect(summaryParts(counts)).toEqual([
      { key: 'met', n: 2 },
      { key: 'unknown', n: 1 },
    ]);
  });

  it('[C10] the verdicts together are all rows, and each is offered once', () => {
    const rows = WORST_FIRST.map((verdict, at) => row(String(at), verdict));
    expect(Object.values(countVerdicts(rows)).reduce((a, b) => a + b, 0)).toBe(rows.length);
    expect(new Set(WORST_FIRST).size).toBe(6);
  });
});

describe('whole targets', () => {
  const whole: TargetDay = {
    date: '2026-07-01',
    campaign: { id: 'c', name: '入户', nameEn: 'Visits' },
    commitment: 'c.k.f',
    required: 60,
    played: 0,
    proven: 0,
    makeGoods: 0,
    expected: null,
    shortBy: null,
    metByMs: null,
    closesAtMs: null,
    verdict: 'on-track',
    reasons: [],
    screens: 20,
    missingLogs: 20,
    timeZone: 'Asia/Shanghai',
  };

  it('[C11c] a whole target is one promise, listed before the screens of the same verdict; their parts are none', () => {
    const part: CommitmentDay = { ...row('2', 'short'), scope: 'target' };
    const lines = todayLines([part, row('1', 'on-track')], [whole]);
    expect(lines.map(({ screen }) => screen?.id ?? 'all')).toEqual(['2', 'all', '1']);
    expect(countVerdicts(lines.filter((line) => !isPart(line)))).toMatchObject({ 'on-track': 2, short: 0 });
  });

  it('[C11] a whole target belongs to no unit, and is found by its campaign', () => {
    const lines = todayLines([row('1', 'met')], [whole]);
    expect(narrowRows(lines, { ...everything, units: new Set(['centre']) })).toHaveLength(1);
    expect(narrowRows(lines, { ...everything, search: 'visits' })).toHaveLength(2);
    expect(openFirst(lines).map(({ screen }) => screen?.id ?? 'all')).toEqual(['all', '1']);
  });
});

describe('filters', () => {
  it('[C11] a screen is found by either name, in any case', () => {
    const rows = [row('A1', 'met'), row('b2', 'short')];
    expect(narrowRows(rows, { ...everything, search: ' screen a' })).toEqual([rows[0]]);
    expect(narrowRows(rows, { ...everything, search: '屏幕b' })).toEqual([rows[1]]);
  });

  it('[C11] the order of the server, worst first, is kept', () => {
    const rows = [row('1', 'short'), row('2', 'met'), row('3', 'short')];
    expect(withVerdict(narrowRows(rows, everything), 'short').map((r) => r.screen.id)).toEqual(['1', '3']);
  });

  it('[C11] screens without a player and channels without a log come between what is open and what is kept', () => {
    const bare: CommitmentDay = { ...row('1', 'unknown'), reasons: ['not-enrolled'] };
    const [lost, kept, due] = [row('2', 'unknown'), row('3', 'met'), row('4', 'on-track')];
    const channel = { ...row('5', 'unknown'), screen: { ...row('5', 'unknown').screen, kind: 'external' as const } };
    const ordered = openFirst([bare, lost, channel, due, kept]);
    expect(ordered.map(({ screen }) => screen.id)).toEqual(['2', '4', '1', '5', '3']);
  });

  it('[C11] a unit stands for all units below it', () => {
    const units = [
      { id: 'centre', name: '', nameEn: null, parentId: null },
      { id: 'town', name: '', nameEn: null, parentId: 'centre' },
      { id: 'hall', name: '', nameEn: null, parentId: 'town' },
      { id: 'other', name: '', nameEn: null, parentId: null },
    ];
    expect([...unitAndBelow(units, 'town')].sort()).toEqual(['hall', 'town']);
    const rows = [row('1', 'met', 'hall'), row('2', 'met', 'other')];
    expect(narrowRows(rows, { ...everything, units: unitAndBelow(units, 'centre') })).toEqual([rows[0]]);
    expect(unitTree(units, (unit) => unit.id).map(({ value }) => value)).toEqual(['centre', 'other']);
  });
});
