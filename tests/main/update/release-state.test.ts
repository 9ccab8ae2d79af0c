/** What a player notes of its releases, and which one the way back leads to. */
import { expect, test } from 'vitest';
import {
  givenUp,
  INSTALLED,
  mayTry,
  onTrial,
  parseReleaseState,
  proved,
  releaseStateText,
} from '../../../main/update/release-state.ts';

const running = { current: '0.2.0', former: '0.1.0', starts: null, failed: ['0.1.5'] };

test('[UP4] a state reads back as it was written, and what makes no sense is taken as not said', () => {
  for (const state of [INSTALLED, running, onTrial(running, '0.3.0')]) {
    expect(parseReleaseState(releaseStateText(state))).toEqual(state);
  }
  for (const text of [null, '', 'current=../x\nformer=latest\nstarts=-1\nfailed=a b', '\0']) {
    expect(parseReleaseState(text)).toEqual(INSTALLED);
  }
});

test('[UP4] the way back from a trial leads to the last release that proved itself, not to one on trial', () => {
  const first = onTrial(running, '0.3.0');
  expect(first).toEqual({ current: '0.3.0', former: '0.2.0', starts: 0, failed: ['0.1.5'] });
  expect(onTrial({ ...first, starts: 1 }, '0.4.0')).toEqual({ ...first, current: '0.4.0' });
  expect(onTrial(INSTALLED, '0.2.0')).toEqual({ current: '0.2.0', former: null, starts: 0, failed: [] });
});

test('[UP4] only the release that runs is proved by its running', () => {
  const trial = { ...onTrial(running, '0.3.0'), starts: 1 };
  expect(proved(trial, '0.3.0')).toEqual({ ...trial, starts: null });
  expect(proved(trial, '0.2.0')).toBe(trial);
});

test('[UP7] a release that was given up is not tried again, and is told of until a later one runs', () => {
  const state = { ...running, failed: ['0.1.5', '0.3.0'] };
  expect([mayTry(state, '0.3.0'), mayTry(state, '0.3.1'), mayTry(state, '0.2.0'), mayTry(state, 'latest')]).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect([givenUp(state, '0.2.0'), givenUp(state, '0.3.1'), givenUp(running, '0.2.0')]).toEqual(['0.3.0', null, null]);
});
