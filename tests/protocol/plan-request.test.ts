/** A request for a plan: what may be left out, what is taken over, and every fault told together. */
import { describe, expect, test } from 'vitest';
import { faultLine, type PlanRequest, readPlanRequest } from '../../protocol/plan-request.ts';

const request = (): PlanRequest => ({
  screen: { timeZone: 'Asia/Shanghai', openingHours: [{ days: ['mon', 'wed'], from: '06:00', to: '25:30' }] },
  date: '2026-07-01',
  loop: [{ item: 'loop-a', durationMs: 15_000 }],
  commitments: [{ id: 'c1', items: [{ item: 'film-1', durationMs: 30_000 }], minPlays: 3 }],
});

/** Reads a request changed by `edit`; gives the fault lines, none where it is sound. */
function faults(edit: (draft: Record<string, never>) => void): string[] {
  const draft = structuredClone(request());
  edit(draft as never);
  const read = readPlanRequest(draft);
  return read.ok ? [] : read.error.map(faultLine);
}

describe('plan request', () => {
  test('[P27] what is left out has its default', () => {
    const read = readPlanRequest(request());
    expect(read).toMatchObject({
      ok: true,
      value: {
        date: '2026-07-01',
        tally: {},
        nowMs: Date.parse('2026-07-01T00:00:00+08:00'),
        program: {
          format: 'xunbo/program/v1',
          commitments: [
            {
              dayParts: [],
              weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
              items: [{ item: 'film-1', durationMs: 30_000, weight: 1 }],
              maxPlaysPerHour: null,
              minGapMs: null,
              maxGapMs: null,
              minShare: null,
              priority: 0,
              frontLoad: 0.75,
            },
          ],
        },
      },
    });
  });

  test('[P27] now, tally and every form of a commitment are taken over', () => {
    const full = request();
    full.now = '2026-07-01T12:00:00+08:00';
    full.tally = { c1: 2 };
    Object.assign(full.commitments[0] ?? {}, {
      maxGapMs: 5,
      minGapMs: 4,
      maxPlaysPerHour: 3,
      minShare: 0.5,
      priority: -1,
      frontLoad: 0.1,
      weekdays: ['wed'],
    });
    expect(readPlanRequest(full)).toMatchObject({
      ok: true,
      value: {
        nowMs: Date.parse('2026-07-01T04:00:00Z'),
        tally: { c1: 2 },
        program: { commitments: [{ maxGapMs: 5, frontLoad: 0.1, weekdays: ['wed'] }] },
      },
    });
  });

  test.each<[string, (r: Record<string, never>) => void]>([
    ['date: "2026-02-29", allowed: a date YYYY-MM-DD', (r) => Object.assign(r, { date: '2026-02-29' })],
    [
      'now: "2026-07-01T04:00:00", allowed: an instant with offset such as 2026-07-01T04:00:00Z',
      (r) => Object.assign(r, { now: '2026-07-01T04:00:00' }),
    ],
    [
      'screen.timeZone: "+08:00", allowed: an IANA zone such as Asia/Shanghai',
      (r) => Object.assign(r.screen ?? {}, { timeZone: '+08:00' }),
    ],
    [
      'screen.openingHours: [], allowed: at least one span of open time',
      (r) => Object.assign(r.screen ?? {}, { openingHours: [] }),
    ],
    ['tally.c9: 1, allowed: the id of a commitment of this request', (r) => Object.assign(r, { tally: { c9: 1 } })],
    ['tally.c1: -1, allowed: a whole number of plays from 0', (r) => Object.assign(r, { tally: { c1: -1 } })],
    [
      'commitments[0].minPlays: -3, allowed: a whole number of plays a day from 0 to 100000',
      (r) => Object.assign(r.commitments?.[0] ?? {}, { minPlays: -3 }),
    ],
    [
      'commitments[0].minPlays: "3", allowed: a number',
      (r) => Object.assign(r.commitments?.[0] ?? {}, { minPlays: '3' }),
    ],
    [
      'commitments[0].minplays: 3, allowed: no such key',
      (r) => Object.assign(r.commitments?.[0] ?? {}, { minplays: 3 }),
    ],
    [
      'commitments[0].weekdays[0]: "monday", allowed: one of mon, tue, wed, thu, fri, sat, sun',
      (r) => Object.assign(r.commitments?.[0] ?? {}, { weekdays: ['monday'] }),
    ],
    ['loop: missing, allowed: an array', (r) => Reflect.deleteProperty(r, 'loop')],
  ])('[P27] %s', (line, edit) => {
    expect(faults(edit)).toEqual([line]);
  });

  test.each([null, 3, 'x', []])('[P27] %j is no request', (json) => {
    const read = readPlanRequest(json);
    expect(read.ok ? [] : read.error).toMatchObject([{ place: 'request', allowed: 'an object' }]);
  });

  test('[P27] all faults are reported together', () => {
    expect(
      faults((r) => {
        Object.assign(r, { date: 'x', tally: { c2: 0 } });
        Object.assign(r.commitments?.[0] ?? {}, { minShare: 2, frontLoad: 0 });
      }),
    ).toHaveLength(4);
  });
});
