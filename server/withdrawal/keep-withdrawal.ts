/** An edit of a content leaves alone whether it is withdrawn. */
import type { Withdrawable } from '../../domain/catalogue/content.ts';

/** `edited` as it may be stored: what is said of its withdrawal is what `stored` says (undefined: there is none yet, so nothing is). */
export function keepWithdrawal<E extends Withdrawable>(edited: E, stored: Withdrawable | undefined): E {
  const { withdrawnAtMs = null, withdrawals } = stored ?? {};
  const kept: E = { ...edited, withdrawnAtMs };
  delete kept.withdrawals;
  return withdrawals ? { ...kept, withdrawals } : kept;
}
