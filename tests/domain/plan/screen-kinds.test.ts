/** Screens that differ in nothing a program is made of are one kind, and so are the campaigns they look at. */
import { describe, expect, test } from 'vitest';
import type { Campaign, Flight } from '../../../domain/catalogue/campaign.ts';
import type { Screen } from '../../../domain/catalogue/organisation.ts';
import { type ScreenKind, screenKinds } from '../../../domain/plan/screen-kinds.ts';
import { campaignOf, fleetScreen, largeFleet } from '../../helpers/large-fleet.ts';

const TODAY = '2026-07-01';
const TOMORROW = '2026-07-02';
const { units } = largeFleet(0, 0);

const screen = (id: string, over: Partial<Screen> = {}): Screen => ({ ...fleetScreen(0, 1), id, ...over });
const kindsOf = (screens: Screen[], campaigns: Campaign[] = [], dateOf = (_: Screen): string => TODAY): ScreenKind[] =>
  screenKinds(screens, { units, campaigns: new Map(campaigns.map((one) => [one.id, one])) }, dateOf);
/** The ids of the screens of each kind. */
const idsOf = (kinds: ScreenKind[]): string[][] => kinds.map(({ screens }) => screens.map(({ id }) => id));

describe('screens of a kind', () => {
  test('[K1] those that differ in nothing a program is made of are one, in the order of their first', () => {
    const loopless = { loopId: null };
    const kinds = kindsOf([
      screen('a', loopless),
      screen('b'),
      screen('c', { ...loopless, name: 'other' }),
      screen('d'),
    ]);
    expect(idsOf(kinds)).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    expect(kinds.map(({ sample }) => sample.id)).toEqual(['a', 'b']);
    expect(kinds.map(({ date }) => date)).toEqual([TODAY, TODAY]);
  });

  test.each<[string, Partial<Screen>]>([
    ['zone', { timeZone: 'Asia/Urumqi' }],
    ['player or channel', { kind: 'external' }],
    ['loop', { loopId: 'loop-9' }],
    ['opening time', { openingHours: [{ days: ['mon'], from: '05:01', to: '23:00' }] }],
    ['closing time', { openingHours: [{ days: ['mon'], from: '05:00', to: '23:01' }] }],
    ['weekdays', { openingHours: [{ days: ['tue'], from: '05:00', to: '23:00' }] }],
    ['rotation', { rotation: 90 }],
    ['sound', { sound: { volume: 50, dayParts: [] } }],
    ['going in step', { syncGroup: 'hall' }],
  ])('[K1] another %s makes another kind', (_, over) => {
    const mondays = screen('a', { openingHours: [{ days: ['mon'], from: '05:00', to: '23:00' }] });
    expect(idsOf(kindsOf([mondays, { ...mondays, ...over, id: 'b' }]))).toEqual([['a'], ['b']]);
  });

  test('[K1] which group goes in step makes no other kind', () => {
    const kinds = kindsOf([screen('a', { syncGroup: 'hall' }), screen('b', { syncGroup: 'stairs' })]);
    expect(idsOf(kinds)).toEqual([['a', 'b']]);
  });

  test('[K1] each starts from its own date of service', () => {
    const screens = [screen('a'), screen('b'), screen('c')];
    const kinds = kindsOf(screens, [], ({ id }) => (id === 'b' ? TOMORROW : TODAY));
    expect(idsOf(kinds)).toEqual([['a', 'c'], ['b']]);
    expect(kinds.map(({ date }) => date)).toEqual([TODAY, TOMORROW]);
  });
});

describe('campaigns of a kind', () => {
  const flight = (id: string, from: string, to: string, extendedTo: string | null = null): Flight => ({
    id,
    name: id,
    nameEn: null,
    from,
    to,
    extendedTo,
  });
  const flying = (id: string, ...flights: Flight[]): Campaign => campaignOf(id, 1, { flights });
  const campaignsOn = (date: string, ...campaigns: Campaign[]): (readonly string[])[] =>
    kindsOf([screen('a')], campaigns, () => date).map((kind) => kind.campaigns);

  test('[K2] those with a flight that is not over are named, its last day included', () => {
    const both = flying('both', flight('june', '2026-06-01', '2026-06-30'), flight('july', '2026-07-01', '2026-07-31'));
    const june = flying('june', flight('f', '2026-06-01', '2026-06-30'));
    const today = flying('today', flight('f', '2026-06-01', TODAY));
    const extended = flying('extended', flight('f', '2026-06-01', '2026-06-30', TOMORROW));
    expect(campaignsOn('2026-06-30', both, june, today, extended)).toEqual([['both', 'extended', 'june', 'today']]);
    expect(campaignsOn(TODAY, both, june, today, extended)).toEqual([['both', 'extended', 'today']]);
    expect(campaignsOn(TOMORROW, both, june, today, extended)).toEqual([['both', 'extended']]);
  });

  test('[K2] drafts and those of other screens are not', () => {
    const draft = campaignOf('draft', 1, { state: 'draft' });
    const elsewhere = campaignOf('elsewhere', 1, { targets: { units: [], venues: [], tags: [], screens: ['z'] } });
    expect(campaignsOn(TODAY, draft, elsewhere)).toEqual([[]]);
  });

  test('[K1] screens that others mean are of another kind', () => {
    const one = campaignOf('one', 1, { targets: { units: [], venues: [], tags: [], screens: ['b'] } });
    expect(idsOf(kindsOf([screen('a'), screen('b'), screen('c')], [one]))).toEqual([['a', 'c'], ['b']]);
  });

  test('[K1] of screens meant alike the campaigns are looked at once a date', () => {
    let asked = 0;
    const counted: Campaign = {
      ...campaignOf('counted', 1),
      get flights() {
        asked += 1;
        return [flight('f', TODAY, TOMORROW)];
      },
    };
    const screens = Array.from({ length: 30 }, (_, k) => screen(`screen-${k}`));
    kindsOf(screens, [counted], ({ id }) => (id.endsWith('0') ? TOMORROW : TODAY));
    expect(asked).toBe(2);
  });
});
