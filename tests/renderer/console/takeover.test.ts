/** The form of a takeover, and the marks of screens that are taken over and of items that are withdrawn. */
import { describe, expect, test } from 'vitest';
import type { Screen } from '../../../domain/catalogue/organisation.ts';
import { startTakeoverSchema } from '../../../protocol/takeover.ts';
import { isWithdrawn, itemOfMedia, itemOfSlogan } from '../../../renderer/console/pages/library/library-items.ts';
import { screenState } from '../../../renderer/console/pages/screens/screen-state.ts';
import {
  newTakeoverDraft,
  screensTakenOver,
  type TakeoverDraft,
  takeoverFaults,
  takeoverRequest,
} from '../../../renderer/console/pages/takeover/takeover-draft.ts';
import { SAMPLE } from '../../helpers/sample-entities.ts';

const unit = (id: string, parentId: string | null) => ({ id, name: id, nameEn: null, parentId });
const UNITS = [unit('town', null), unit('hall', 'town'), unit('post', 'town')];
const screen = (id: string, over: Partial<Screen> = {}): Screen => ({
  ...SAMPLE.screens,
  id,
  unitId: 'hall',
  tags: [],
  ...over,
});
const draft = (over: Partial<TakeoverDraft> = {}): TakeoverDraft => ({
  ...newTakeoverDraft('town'),
  text: '请疏散',
  ...over,
});

describe('[TK13] the form of a takeover', () => {
  const screens = [screen('a'), screen('b', { unitId: 'post', venue: 'bus-stop' }), screen('c', { kind: 'external' })];
  const meant = (over: Partial<TakeoverDraft>) => screensTakenOver(draft(over), screens, UNITS).map(({ id }) => id);

  test('[TK13] it counts the screens with a player of its unit and below, as the server takes them over', () => {
    expect(meant({})).toEqual(['a', 'b']);
    expect(meant({ unitId: 'post' })).toEqual(['b']);
    const targets = { units: ['town'], venues: [], tags: [], screens: ['a'] };
    expect(meant({ unitId: 'post', everywhere: false, targets })).toEqual(['b']);
    expect(meant({ everywhere: false })).toEqual([]);
  });

  test('[TK13] what the server would refuse is said at its field', () => {
    expect(takeoverFaults(draft(), 2)).toEqual({});
    expect(takeoverFaults(draft({ text: '  ' }), 2)).toEqual({ text: 'textMissing' });
    expect(takeoverFaults(draft({ text: '字'.repeat(501), textEn: 'x'.repeat(501) }), 2)).toEqual({
      text: 'textLong',
      textEn: 'textLong',
    });
    for (const minutes of [null, 0, 1441]) {
      expect([minutes, takeoverFaults(draft({ minutes }), 2)]).toEqual([minutes, { minutes: 'lengthWrong' }]);
    }
    expect(takeoverFaults(draft(), 0)).toEqual({ targets: 'meantNone' });
  });

  test('[TK13] what is sent fits the contract: all screens of the unit, or those picked', () => {
    expect(startTakeoverSchema.parse(takeoverRequest(draft({ text: ' 请疏散 ', textEn: ' ', minutes: 90 })))).toEqual({
      unitId: 'town',
      text: '请疏散',
      textEn: null,
      theme: 'red',
      targets: { units: ['town'], venues: [], tags: [], screens: [] },
      forMs: 5_400_000,
    });
    const targets = { units: [], venues: ['bus-stop' as const], tags: [], screens: [] };
    expect(takeoverRequest(draft({ everywhere: false, targets })).targets).toEqual(targets);
  });
});

test('[C12] a screen that is taken over says so, unless it is offline', () => {
  const device = { id: 'd'.repeat(64), enrolledAtMs: 0, assurance: 'C' as const };
  const status = {
    atMs: 0,
    state: 'closed' as const,
    program: null,
    showing: null,
    date: null,
    tally: {},
    unsent: 0,
    clockErrorMs: null,
    incidents: [],
    takeover: 't1',
  };
  expect(screenState({ kind: 'player', device, online: true, status })).toBe('taken-over');
  expect(screenState({ kind: 'player', device, online: false, status })).toBe('offline');
});

test('[WD6] an item bears its mark as long as it is withdrawn', () => {
  expect(isWithdrawn(itemOfMedia(SAMPLE.media))).toBe(false);
  expect(isWithdrawn(itemOfMedia({ ...SAMPLE.media, withdrawnAtMs: 1 }))).toBe(true);
  expect(isWithdrawn(itemOfSlogan({ ...SAMPLE.slogans, withdrawnAtMs: 1 }))).toBe(true);
});
