/** A program's faults are named, and its hash is that of its canonical JSON. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { planDay } from '../../../domain/plan/plan-day.ts';
import { planHash } from '../../../domain/plan/plan-hash.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { validateProgram } from '../../../domain/plan/validate-program.ts';
import { canonicalJson } from '../../../domain/proof/canonical-json.ts';
import { sha256 } from '../../../server/sha256.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

describe('validation', () => {
  const faultsOf = (over: Partial<Program>, commitment: Parameters<typeof commitmentOf>[1] = {}): string[] =>
    validateProgram({ ...programOf([commitmentOf('a', { minPlays: 1, ...commitment })]), ...over }).map(
      (f) => `${f.code} ${f.place} ${f.value}`,
    );

  test('[P22] a sound program has no faults', () => {
    expect(faultsOf({})).toEqual([]);
  });

  test.each<[string, Partial<Program>, Parameters<typeof commitmentOf>[1]]>([
    ['zone-unknown timeZone "Mars/Base"', { timeZone: 'Mars/Base' }, {}],
    ['opening-hours-empty openingHours []', { openingHours: [] }, {}],
    [
      'day-part-empty openingHours[0].to "08:00"',
      { openingHours: [{ days: ['mon'], from: '08:00', to: '08:00' }] },
      {},
    ],
    ['weekday-missing openingHours[0].days []', { openingHours: [{ days: [], from: '08:00', to: '09:00' }] }, {}],
    ['duration loop[0].durationMs 0', { loop: [{ item: 'x', durationMs: 0 }] }, {}],
    ['id-missing loop[0].item ""', { loop: [{ item: '', durationMs: 1 }] }, {}],
    ['day-part-empty commitments[0].dayParts[0].to "01:30"', {}, { dayParts: [{ from: '22:00', to: '01:30' }] }],
    ['time-malformed commitments[0].dayParts[0].from "8:00"', {}, { dayParts: [{ from: '8:00', to: '09:00' }] }],
    ['time-malformed commitments[0].dayParts[0].to "48:00"', {}, { dayParts: [{ from: '08:00', to: '48:00' }] }],
    ['items-missing commitments[0].items []', {}, { items: [] }],
    ['duration commitments[0].items[0].durationMs -5', {}, { items: [{ item: 'x', durationMs: -5, weight: 1 }] }],
    ['weight commitments[0].items[0].weight 0', {}, { items: [{ item: 'x', durationMs: 5, weight: 0 }] }],
    ['count commitments[0].minPlays -1', {}, { minPlays: -1 }],
    ['count commitments[0].minPlays 1.5', {}, { minPlays: 1.5 }],
    ['count commitments[0].minPlays 100001', {}, { minPlays: 100_001 }],
    ['count commitments[0].maxPlaysPerHour 0', {}, { maxPlaysPerHour: 0 }],
    ['gap commitments[0].minGapMs -1', {}, { minGapMs: -1 }],
    ['gap commitments[0].maxGapMs 0', {}, { maxGapMs: 0 }],
    ['limits-contradict commitments[0].maxGapMs 5', {}, { minGapMs: 6, maxGapMs: 5 }],
    ['share commitments[0].minShare 1.01', {}, { minShare: 1.01 }],
    ['front-load commitments[0].frontLoad 0', {}, { frontLoad: 0 }],
    ['date-malformed commitments[0].from "2026-02-30"', {}, { from: '2026-02-30' }],
    ['range-inverted commitments[0].to "1999-01-01"', {}, { to: '1999-01-01' }],
    ['weekday-missing commitments[0].weekdays []', {}, { weekdays: [] }],
    ['priority commitments[0].priority 0.5', {}, { priority: 0.5 }],
  ])('[P22] %s', (fault, over, commitment) => {
    expect(faultsOf(over, commitment)).toEqual([fault]);
  });

  test('[P22] ids are unique and commitments at most 10,000', () => {
    const twice = programOf([commitmentOf('a'), commitmentOf('a')]);
    expect(validateProgram(twice)).toMatchObject([{ code: 'id-repeated', place: 'commitments[1].id' }]);
    const many = programOf(Array.from({ length: 10_001 }, (_, k) => commitmentOf(`c${k}`)));
    expect(validateProgram(many)).toMatchObject([{ code: 'too-many', place: 'commitments', value: '10001' }]);
  });
});

describe('hash', () => {
  test('[P26] the hash is that of the canonical JSON in UTF-8', () => {
    const plan = { date: '2026-07-01', feasible: true, slots: [], commitments: [], conflicts: [] };
    const text = '{"commitments":[],"conflicts":[],"date":"2026-07-01","feasible":true,"slots":[]}';
    expect(planHash(plan, sha256)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('[P26] ids of any script are hashed as UTF-8, and every difference shows', () => {
    const plan = planDay(programOf([commitmentOf('入户听民声 🏠', { minPlays: 2 })]), '2026-07-01', {}, 0);
    expect(planHash(plan, sha256)).toBe(createHash('sha256').update(canonicalJson(plan), 'utf8').digest('hex'));
    expect(planHash({ ...plan, date: '2026-07-02' }, sha256)).not.toBe(planHash(plan, sha256));
  });
});
