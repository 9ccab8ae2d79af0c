/** How a count promised for all screens of a target together is shared out between them. */

/** A screen and how many plays it has room for: a whole number from 0. */
export type Room = { readonly id: string; readonly room: number };

/** The part of every screen, in the order given, and how many plays no screen has room for. */
export type ShareOut = { readonly parts: readonly number[]; readonly shortBy: number };

/**
 * Shares `count` plays (a whole number from 0) out by room: the largest remainder method (Hamilton 1792), ties to the lesser id. No part is
 * more than its room; the parts sum up to `count` where the rooms do, else every screen gets all its room.
 */
export function shareOut(count: number, rooms: readonly Room[]): ShareOut {
  const total = rooms.reduce((sum, { room }) => sum + room, 0);
  if (count >= total) return { parts: rooms.map(({ room }) => room), shortBy: count - total };
  const parts = rooms.map(({ room }) => Math.floor((count * room) / total));
  const left = count - parts.reduce((sum, part) => sum + part, 0);
  // Remainders are compared as whole numbers, so that no rounding decides a tie.
  const order = rooms.map(({ id, room }, k) => ({ k, id, remainder: (count * room) % total }));
  order.sort((a, b) => b.remainder - a.remainder || (a.id < b.id ? -1 : 1));
  for (const { k } of order.slice(0, left)) parts[k] = (parts[k] ?? 0) + 1;
  return { parts, shortBy: 0 };
}

/** The most plays that a screen with `room` gets of `count` shared out between screens with `total` room together. */
export const largestPart = (count: number, room: number, total: number): number =>
  count >= total ? room : Math.ceil((count * room) / total);
