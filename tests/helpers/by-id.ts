/** Entities as the catalogue keeps them. */

/** Entities under their ids. */
export const byId = <T extends { id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((one) => [one.id, one]));
