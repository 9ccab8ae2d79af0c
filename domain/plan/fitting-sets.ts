/** Days known to fit, by which lesser days are known to fit as well: whoever keeps many counts keeps fewer of them. */

/** What is known. */
export type FittingSets = {
  /** Whether the day of `key` (of {@link DayKeys}) asks for nothing that a day known to fit on the same ground does not ask for. */
  isWithin(key: string): boolean;
  /** The day of `key` fits. */
  add(key: string): void;
};

/** Nothing known yet. */
export function fittingSets(): FittingSets {
  const byGround = new Map<string, Set<string>[]>();
  return {
    isWithin(key) {
      const { ground, numbers } = partsOf(key);
      return (byGround.get(ground) ?? []).some((set) => numbers.every((number) => set.has(number)));
    },
    add(key) {
      const { ground, numbers } = partsOf(key);
      byGround.set(ground, [...(byGround.get(ground) ?? []), new Set(numbers)]);
    },
  };
}

/** What a key says of hours and loop, and the numbers of the commitments that run. */
function partsOf(key: string): { ground: string; numbers: string[] } {
  const [ground = '', ...numbers] = key.split(',');
  return { ground, numbers };
}
