/** The part of a program that can be shown right now. */
import type { Program } from '../plan/program.ts';

/** `program` without the items that are not usable; a commitment none of whose items is usable is left out. */
export function usableProgram(program: Program, isUsable: (item: string) => boolean): Program {
  return {
    ...program,
    loop: program.loop.filter(({ item }) => isUsable(item)),
    commitments: program.commitments
      .map((commitment) => ({ ...commitment, items: commitment.items.filter(({ item }) => isUsable(item)) }))
      .filter(({ items }) => items.length > 0),
  };
}
