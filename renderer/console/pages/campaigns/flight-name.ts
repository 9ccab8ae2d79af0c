/** What a flight is called until somebody names it. */
import type { Named } from '../../../../domain/catalogue/organisation.ts';

/** `第 2 阶段`, `Phase 2`. */
export function flightName(n: number): Named {
  return { name: `第 ${n} 阶段`, nameEn: `Phase ${n}` };
}
