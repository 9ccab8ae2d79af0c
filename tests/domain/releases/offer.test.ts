/** Which release is offered to which device: by share, by name and by machine, and the newest of them. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { compareVersions, offeredRelease, type Release } from '../../../domain/releases/offer.ts';

const release = (version: string, more: Partial<Release> = {}): Release => ({
  version,
  arch: 'x64',
  percent: 0,
  screens: [],
  ...more,
});
const device = (n: number): string => createHash('sha256').update(String(n)).digest('hex');
const devices = Array.from({ length: 2000 }, (_, n) => device(n));
const takers = (releases: Release[]): string[] =>
  devices.filter((id) => offeredRelease(releases, { device: id, screen: 's', arch: 'x64' }));

test('[UP1] a release is offered to about its share of the devices, all of a smaller share among those of a larger', () => {
  expect(takers([release('1.0.0', { percent: 0 })])).toEqual([]);
  expect(takers([release('1.0.0', { percent: 100 })])).toHaveLength(devices.length);
  const tenth = takers([release('1.0.0', { percent: 10 })]);
  expect(tenth.length).toBeGreaterThan(150);
  expect(tenth.length).toBeLessThan(250);
  const half = new Set(takers([release('2.0.0', { percent: 50 })]));
  expect(tenth.filter((id) => !half.has(id))).toEqual([]);
});

test('[UP1] screens that are named are offered it whatever the share, others are not', () => {
  const releases = [release('1.0.0', { screens: ['first'] })];
  const ask = (screen: string) => offeredRelease(releases, { device: device(1), screen, arch: 'x64' });
  expect(ask('first')?.version).toBe('1.0.0');
  expect(ask('second')).toBeUndefined();
});

test('[UP2] of what is offered the newest counts, by number and not by letter, and for the machine that asks', () => {
  const releases = [
    release('0.9.0', { percent: 100 }),
    release('0.10.0', { percent: 100 }),
    release('0.11.0', { percent: 0 }),
    release('0.12.0', { percent: 100, arch: 'arm64' }),
  ];
  const ask = (arch: Release['arch']) => offeredRelease(releases, { device: device(1), screen: 's', arch })?.version;
  expect([ask('x64'), ask('arm64')]).toEqual(['0.10.0', '0.12.0']);
  expect([compareVersions('1.2.3', '1.2.3'), Math.sign(compareVersions('1.2.10', '1.2.9'))]).toEqual([0, 1]);
  expect([compareVersions('1.9.9', '2.0.0') < 0, compareVersions('1.3.0', '1.2.9') > 0]).toEqual([true, true]);
});
