/** What of the log a screen's dates are judged by. */
import { expect, test } from 'vitest';
import { reportOn, type Signers } from '../../../domain/bundle/bundle-report.ts';
import { createDeviceTimeline } from '../../../domain/bundle/device-timeline.ts';
import type { DeviceWalk } from '../../../domain/bundle/device-walk.ts';
import { createLogFacts } from '../../../domain/bundle/log-facts.ts';
import type { LogEntry } from '../../../domain/proof/log-entry.ts';
import { sha256 } from '../../../server/sha256.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const CLOSE_MS = Date.UTC(2026, 6, 1, 0, 30);
const TEN_MINUTES_MS = 600_000;
const asking = (minPlays: number) => programOf([commitmentOf('c1', { minPlays })], { from: '08:00', to: '08:30' });

const enrolled = (device: string, screen = 'a'): LogEntry => ({
  ...{ kind: 'enrolment', screen, device, publicKey: 'k', assurance: 'C', atMs: 7 },
});
const given = (program: string, atMs = 0): LogEntry => ({ kind: 'assignment', screen: 'a', program, atMs });
const walkOf = (device: string, isNew: boolean): DeviceWalk => ({
  ...{ device, screen: 'a', timeline: createDeviceTimeline(), take() {}, startsNew: () => isNew, findings: [] },
});

/** The report on screens a and b after these entries; the log was vouched for at `notBeforeMs` before the last of them. */
function report(
  entries: LogEntry[],
  walks: DeviceWalk[] = [],
  notBeforeMs: number | null = null,
  signers: Signers | null = null,
) {
  const facts = createLogFacts(new Set(['a', 'b']));
  for (const [index, entry] of entries.entries()) facts.take(entry, `entry ${index}`, index);
  const times = {
    notBefore: (index: number) => (index === entries.length - 1 ? notBeforeMs : null),
    notAfter: () => 5,
  };
  const range = { from: 0, add() {}, remember() {}, rootAt: () => null, size: () => 0, leadsTo: () => true };
  const programs = new Map([
    ['low', asking(1)],
    ['high', asking(9)],
  ]);
  const checkpoint = { origin: 'o', size: 3, root: new Uint8Array(2), note: { text: '', signatures: [] } };
  return reportOn(
    {
      subject: { from: DATE, to: DATE, campaign: null, unit: null, screens: ['a', 'b'] },
      ...{ checkpoint, witnesses: ['w'], findings: [], facts },
    },
    { facts, range, times, programs, isAnew: false, sha256 },
    walks,
    new Map(),
    signers,
  );
}

test('[BV5] an assignment is believed from ten minutes before the log can have known it, and no earlier than it says', () => {
  const required = (atMs: number, notBeforeMs: number | null) =>
    report([given('low'), given('high', atMs)], [], notBeforeMs).screens[0]?.dates[0]?.promises[0]?.required;
  expect([required(0, CLOSE_MS + TEN_MINUTES_MS), required(0, CLOSE_MS + TEN_MINUTES_MS - 1)]).toEqual([1, 9]);
  expect([required(CLOSE_MS, 0), required(CLOSE_MS - 1, 0), required(CLOSE_MS - 1, null)]).toEqual([1, 9, 9]);
});

test('[BV3] a screen had no player before the first records only where all its devices are here from their first', () => {
  const isNew = (devices: string[], ...walks: DeviceWalk[]) =>
    report([given('low'), ...devices.map((device) => enrolled(device))], walks).screens[0]?.dates[0]?.findings.some(
      ({ kind }) => kind === 'not-enrolled',
    );
  expect([isNew(['d'], walkOf('d', true)), isNew(['d', 'e'], walkOf('d', true), walkOf('e', true))]).toEqual([
    true,
    true,
  ]);
  expect([isNew(['d'], walkOf('d', false)), isNew(['d', 'e'], walkOf('d', true))]).toEqual([false, false]);
  expect(isNew(['d', 'e'], walkOf('d', true), walkOf('e', false))).toBe(false);
});

test('[BV8] the units that signed an enrolment are told in order, and every screen with one that none signed', () => {
  const entries = [enrolled('d'), enrolled('e'), enrolled('f', 'b')];
  const signers: Signers = new Map([
    ['entry 0', new Set(['tram', 'metro'])],
    ['entry 2', new Set(['metro'])],
  ]);
  const device = (name: string, signedBy: string[] | null) => ({
    ...{ device: name, assurance: 'C', enrolledAtMs: 7, signedBy },
  });
  expect(report(entries, [], null, signers)).toMatchObject({
    unsigned: ['a'],
    log: { origin: 'o', size: 3, root: '0000', witnesses: ['w'], loggedAtMs: 5 },
    screens: [
      { screen: 'a', devices: [device('d', ['metro', 'tram']), device('e', [])] },
      { screen: 'b', devices: [device('f', ['metro'])] },
    ],
  });
  expect(report(entries)).toMatchObject({
    unsigned: null,
    screens: [{ devices: [device('d', null), device('e', null)] }, { devices: [device('f', null)] }],
  });
});
