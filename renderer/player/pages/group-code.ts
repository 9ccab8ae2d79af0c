/** Groups the letters of a pairing code, so that it can be read out and typed. */

/** The groups of a code: as its own blanks and dashes say, else threes where that comes out even, else fours. */
export function groupCode(code: string): string[] {
  const given = code.split(/[\s\-–—_.]+/u).filter((group) => group !== '');
  if (given.length !== 1) return given;
  const letters = [...(given[0] ?? '')];
  if (letters.length <= 4) return [letters.join('')];
  const size = letters.length % 3 === 0 ? 3 : 4;
  const groups: string[] = [];
  for (let at = 0; at < letters.length; at += size) groups.push(letters.slice(at, at + size).join(''));
  return groups;
}
