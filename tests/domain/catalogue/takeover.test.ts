/** Which screens a takeover means and when it is in force; none outside the unit that took over. */
import { describe, expect, test } from 'vitest';
import type { Targets } from '../../../domain/catalogue/campaign.ts';
import type { Screen } from '../../../domain/catalogue/organisation.ts';
import { isInForce, type Takeover, takeoverEndMs, takeoversByScreen } from '../../../domain/catalogue/takeover.ts';
import { SAMPLE } from '../../helpers/sample-entities.ts';

const NOWHERE: Targets = { units: [], venues: [], tags: [], screens: [] };
const unit = (id: string, parentId: string | null) => ({ id, name: id, nameEn: null, parentId });
const UNITS = new Map([unit('town', null), unit('hall', 'town'), unit('post', 'town')].map((u) => [u.id, u]));
const screen = (over: Partial<Screen>): Screen => ({ ...SAMPLE.screens, tags: [], unitId: 'hall', ...over });
const takeover = (over: Partial<Takeover>): Takeover => ({
  ...SAMPLE.takeovers,
  unitId: 'town',
  targets: NOWHERE,
  startedAtMs: 1_000,
  endsAtMs: 100_000,
  endedAtMs: null,
  endedBy: null,
  ...over,
});
const idsOn = (takeovers: Takeover[], of: Screen): string[] =>
  takeoversByScreen(takeovers, UNITS)(of).map(({ id }) => id);

describe('[TK9] which takeovers mean a screen', () => {
  test('[TK9] any of the four lists names it, as with campaigns', () => {
    const all = [
      takeover({ id: 'unit', targets: { ...NOWHERE, units: ['town'] } }),
      takeover({ id: 'venue', targets: { ...NOWHERE, venues: ['bus-stop'] } }),
      takeover({ id: 'tag', targets: { ...NOWHERE, tags: ['river'] } }),
      takeover({ id: 'screen', targets: { ...NOWHERE, screens: ['s1'] } }),
    ];
    expect(idsOn(all, screen({ id: 's1', venue: 'metro-station' })).sort()).toEqual(['screen', 'unit']);
    expect(idsOn(all, screen({ id: 's2', venue: 'bus-stop', tags: ['river'] })).sort()).toEqual([
      'tag',
      'unit',
      'venue',
    ]);
  });

  test('[TK10] never a screen outside the unit that took it over, whatever its targets name', () => {
    const wide = [takeover({ unitId: 'post', targets: { ...NOWHERE, units: ['town'], screens: ['s1'] } })];
    expect(idsOn(wide, screen({ id: 's1', unitId: 'hall' }))).toEqual([]);
    expect(idsOn(wide, screen({ id: 's2', unitId: 'post' }))).toEqual(['takeover-1']);
  });

  test('[TK9] the latest started comes first', () => {
    const targets = { ...NOWHERE, units: ['town'] };
    const all = [3, 1, 2].map((k) => takeover({ id: `t${k}`, startedAtMs: k * 1_000, targets }));
    expect(idsOn(all, screen({}))).toEqual(['t3', 't2', 't1']);
  });
});

test('[TK9] a takeover is in force from its start up to its end, or to when it was ended', () => {
  const whole = takeover({});
  expect([999, 1_000, 99_999, 100_000].map((ms) => isInForce(whole, ms))).toEqual([false, true, true, false]);
  const ended = takeover({ endedAtMs: 50_000 });
  expect([takeoverEndMs(ended), isInForce(ended, 49_999), isInForce(ended, 50_000)]).toEqual([50_000, true, false]);
});
