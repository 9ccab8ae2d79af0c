/** What is carried to a key that is kept off the network, and back. */
import { z } from 'zod';
import { enrolmentViewSchema } from './http/enrolment-api.ts';

/** Enrolments to be signed: what `xunbo unit-key list` writes. */
export const enrolmentListSchema = z.strictObject({ enrolments: z.array(enrolmentViewSchema) });

/** Signed enrolments, each a C2SP signed note: what `xunbo unit-key sign --out` writes. */
export const signedListSchema = z.strictObject({ notes: z.array(z.string()) });
