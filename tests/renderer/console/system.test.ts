/** System: schedules of jobs in words. */
import { describe, expect, it } from 'vitest';
import { scheduleWords } from '../../../renderer/console/pages/system/schedule-words.ts';

describe('schedules', () => {
  it('reads the schedules that have words', () => {
    expect(scheduleWords('*/15 * * * * *')).toEqual({ every: 'seconds', seconds: 15 });
    expect(scheduleWords('* * * * * *')).toEqual({ every: 'seconds', seconds: 1 });
    expect(scheduleWords('10,25,40,55 * * * * *')).toEqual({ every: 'seconds', seconds: 15 });
    expect(scheduleWords('40 */5 * * * *')).toEqual({ every: 'minutes', minutes: 5 });
    expect(scheduleWords('5 * * * * *')).toEqual({ every: 'minute' });
    expect(scheduleWords('* * * * *')).toEqual({ every: 'minute' });
    expect(scheduleWords('0 5 * * * *')).toEqual({ every: 'hour', minute: '05' });
    expect(scheduleWords('20 3 * * *')).toEqual({ every: 'day', time: '03:20' });
  });

  it('leaves any other as it is written', () => {
    for (const odd of ['', '0 0 * * mon *', '10,25,40 * * * * *', '* */5 * * * *', '0 0 1-5 * * *']) {
      expect(scheduleWords(odd), odd).toBeNull();
    }
  });
});
