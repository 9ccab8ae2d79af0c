/** Flights moved so that one of them is live. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthsToShift, shiftFlight, shiftPlacement } from '../../../domain/catalogue/shift-flights.ts';
import { addDays, daysBetween, type LocalDate } from '../../../domain/time/zone-time.ts';

const FLIGHTS = [
  { from: '2018-07-01', to: '2018-10-31' },
  { from: '2018-11-01', to: '2018-12-31' },
];

const dates = (first: LocalDate, last: LocalDate): LocalDate[] =>
  Array.from({ length: daysBetween(first, last) + 1 }, (_, k) => addDays(first, k));

/** The flights as moved for a date. */
function shifted(date: LocalDate, flights = FLIGHTS): { from: LocalDate; to: LocalDate }[] {
  const months = monthsToShift(flights, date);
  if (months === null) throw new Error(`no shift for ${date}`);
  return flights.map((flight) => shiftFlight(flight, months));
}

describe('the two flights of the sample', () => {
  test('[F20] on every date of 2024 to 2032 exactly one is live, and there is no gap between them', () => {
    for (const date of dates('2024-01-01', '2032-12-31')) {
      const flights = shifted(date);
      expect(
        flights.filter(({ from, to }) => from <= date && date <= to),
        date,
      ).toHaveLength(1);
      expect(addDays(flights[0]?.to ?? '', 1), date).toBe(flights[1]?.from);
    }
  });

  test('[F20] from July to December the year is moved, and the days are those of the notice', () => {
    expect(shifted('2026-07-01')).toEqual([
      { from: '2026-07-01', to: '2026-10-31' },
      { from: '2026-11-01', to: '2026-12-31' },
    ]);
    expect(shifted('2018-12-31')).toEqual(FLIGHTS);
  });

  test('[F20] from January to June six months are moved as well, and ends of months stay ends of months', () => {
    const half = [
      { from: '2028-01-01', to: '2028-04-30' },
      { from: '2028-05-01', to: '2028-06-30' },
    ];
    for (const date of ['2028-01-01', '2028-02-29', '2028-04-30', '2028-05-01', '2028-06-30'])
      expect(shifted(date)).toEqual(half);
  });
});

describe('any flights', () => {
  const anyDate = fc.integer({ min: 0, max: 6000 }).map((days) => addDays('2016-01-01', days));
  const flightsOf = (leastDays: number) =>
    fc
      .tuple(anyDate, fc.array(fc.integer({ min: leastDays, max: 300 }), { minLength: 1, maxLength: 5 }))
      .map(([first, lengths]) => {
        let from = first;
        return lengths.map((length) => {
          const flight = { from, to: addDays(from, length - 1) };
          from = addDays(from, length);
          return flight;
        });
      });

  const anyFlights = flightsOf(1);

  test('[F20] a shift that is found makes a flight live and is of whole half years, of whole years where that will do', () => {
    fc.assert(
      fc.property(anyFlights, anyDate, (flights, date) => {
        const months = monthsToShift(flights, date);
        if (months === null) return;
        const holds = (m: number): boolean =>
          flights.map((f) => shiftFlight(f, m)).some(({ from, to }) => from <= date && date <= to);
        expect(holds(months)).toBe(true);
        expect(Math.abs(months % 6)).toBe(0);
        if (months % 12 !== 0) for (let years = -20; years <= 20; years += 1) expect(holds(years * 12)).toBe(false);
      }),
    );
  });

  const halfYears = fc.integer({ min: -40, max: 40 });

  test('[F20] moved flights are never empty', () => {
    fc.assert(
      fc.property(anyFlights, halfYears, (flights, halves) => {
        for (const { from, to } of flights.map((flight) => shiftFlight(flight, halves * 6)))
          expect(from <= to).toBe(true);
      }),
    );
  });

  test('[F20] flights of a month or more that follow each other still do, without gaps and overlaps', () => {
    fc.assert(
      fc.property(flightsOf(32), halfYears, (flights, halves) => {
        const moved = flights.map((flight) => shiftFlight(flight, halves * 6));
        for (const [k, { from }] of moved.slice(1).entries()) expect(from).toBe(addDays(moved[k]?.to ?? '', 1));
      }),
      { numRuns: 1000 },
    );
  });

  test('[F20] ends of months stay ends of months the other way, too', () => {
    const half = [
      { from: '2019-01-01', to: '2019-04-30' },
      { from: '2019-05-01', to: '2019-06-30' },
    ];
    expect(shifted('2026-11-23', half)).toEqual([
      { from: '2026-07-01', to: '2026-10-31' },
      { from: '2026-11-01', to: '2026-12-31' },
    ]);
  });

  test('[F20] an extension moves with its flight', () => {
    const flight = { from: '2018-07-01', to: '2018-08-31', extendedTo: '2018-09-30' };
    expect(shiftFlight(flight, 6)).toEqual({ from: '2019-01-01', to: '2019-02-28', extendedTo: '2019-03-31' });
    expect(shiftFlight({ ...flight, extendedTo: null }, 6)).toMatchObject({ extendedTo: null });
    // The days after both ends, the 30th and the 31st of August, become the last of February.
    expect(shiftFlight({ from: '2018-07-01', to: '2018-08-29', extendedTo: '2018-08-30' }, 6)).toMatchObject({
      extendedTo: null,
    });
  });

  test('[F20] loop items change on the very days on which flights do, and get no date that they did not have', () => {
    fc.assert(
      fc.property(flightsOf(32), halfYears, (flights, halves) => {
        for (const flight of flights) {
          const { from, to } = shiftFlight(flight, halves * 6);
          expect(shiftPlacement(flight, halves * 6)).toEqual({ from, to });
          expect(shiftPlacement({ from: null, to: flight.to }, halves * 6)).toEqual({ from: null, to });
          expect(shiftPlacement({ from: flight.from, to: null }, halves * 6)).toEqual({ from, to: null });
        }
      }),
    );
    expect(shiftPlacement({ from: null, to: null }, 6)).toEqual({ from: null, to: null });
  });

  test('[F20] no shift moves nothing, and without flights there is none', () => {
    fc.assert(
      fc.property(anyFlights, (flights) => {
        expect(flights.map((f) => shiftFlight(f, 0))).toEqual(flights);
      }),
    );
    expect(monthsToShift([], '2026-01-01')).toBeNull();
  });

  test('[F20] flights with long pauses may have no shift', () => {
    expect(monthsToShift([{ from: '2018-03-01', to: '2018-03-31' }], '2026-05-15')).toBeNull();
  });
});
