/** A screen for one test beside those of the sample. */
import { z } from 'zod';
import { screenSchema } from '../../protocol/catalogue.ts';
import type { Product } from './product.ts';

/** Adds screen `id`, open day and night, where another is; without `loopId` it has the loop of that one. */
export async function addOpenScreen(product: Product, id: string, loopId?: string): Promise<void> {
  const screens = await product.api(z.array(screenSchema.loose()), 'GET', '/api/screens');
  const like = screens.find((screen) => screen.loopId !== null);
  await product.api(z.unknown(), 'PUT', `/api/screens/${id}`, {
    id,
    name: '测试屏',
    unitId: 'centre',
    siteId: like?.siteId,
    venue: 'town',
    openingHours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }],
    loopId: loopId ?? like?.loopId,
  });
}
