/** The campaign `greeting`: a card of three seconds on the demo screen that goes before all others. */
import { z } from 'zod';
import type { Product } from './product.ts';

/** Books the campaign and its card `item`, which says `text`, for `minPlays` a day. */
export async function bookGreeting(product: Product, item: string, text: string, minPlays: number): Promise<void> {
  const year = new Date().getUTCFullYear();
  await product.api(z.unknown(), 'PUT', `/api/slogans/${item}`, {
    id: item,
    name: '问候',
    unitId: 'centre',
    text,
    shape: 'card',
    theme: 'jade',
    durationMs: 3000,
  });
  await product.api(z.unknown(), 'PUT', '/api/campaigns/greeting', {
    id: 'greeting',
    name: '问候',
    unitId: 'centre',
    flights: [{ id: 'now', name: '现在', from: `${year - 1}-01-01`, to: `${year + 1}-12-31` }],
    creatives: [{ item }],
    targets: { screens: ['demo'] },
    // Within the minute, so that no test waits for hours where a day that is nearly full has its plays later.
    commitments: [{ id: 'min', minPlays, maxGapMin: 1, priority: 5 }],
  });
}
