/** Failures in words. */
import { describe, expect, it } from 'vitest';
import { screenSchema, userSchema } from '../../../protocol/catalogue.ts';
import { faultsOf } from '../../../protocol/errors.ts';
import { allowedInChinese } from '../../../renderer/console/api/allowed-words.ts';

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

describe('failures', () => {
  it('[C18] rules of the contract are worded in Chinese', () => {
    const user = { id: 'u', unitId: 'u', login: '!', name: '', role: 'viewer' };
    const screen = { id: 's', name: 's', unitId: 'u', siteId: 's', venue: 'town', openingHours: [], timeZone: 'Mars' };
    const faults = [
      ...faultsOf(userSchema.safeParse(user).error ?? raise(), user),
      ...faultsOf(screenSchema.safeParse(screen).error ?? raise(), screen),
    ];
    expect(faults.map(({ place }) => place).sort()).toEqual(['login', 'name', 'openingHours', 'timeZone']);
    for (const { allowed } of faults) expect(isChinese(allowedInChinese(allowed)), allowed).toBe(true);
  });

  it('[C18] a rule not known here is said as the server said it', () => {
    expect(allowedInChinese('something new')).toBe('something new');
  });
});

function raise(): never {
  throw new Error('the schema accepted what it should refuse');
}
