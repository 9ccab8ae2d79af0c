/** What the forms of one promise ask of each other, for the schema that reads it and for the published JSON Schema. */
import type { z } from 'zod';
import type { Commitment } from '../domain/catalogue/campaign.ts';

/** The forms of which a promise needs at least one. */
type Form = 'minPlays' | 'minShare' | 'minAirtimeShare' | 'maxGapMin' | 'exactTimes';

/** What plays at exact times rule out: they leave no other plays to share out, to space or to limit. */
const RULED_OUT = ['minShare', 'minAirtimeShare', 'maxGapMin', 'maxPlaysPerHour', 'minGapMin'] as const;

type Fields = Pick<Commitment, Form | 'scope' | (typeof RULED_OUT)[number]>;

/** Adds a fault for each rule that a promise breaks, at the field to change; the message says what is allowed. */
export function refineCommitment(commitment: Fields, context: z.RefinementCtx<Fields>): void {
  const refuse = (field: keyof Fields, message: string): void =>
    context.addIssue({ code: 'custom', path: [field], message });
  const { exactTimes, minPlays, minShare, minAirtimeShare, maxGapMin, scope } = commitment;
  if (exactTimes.length === 0) {
    const isEmpty = minPlays === 0 && minShare === null && minAirtimeShare === null && maxGapMin === null;
    if (isEmpty) refuse('minPlays', 'at least one of: a count above 0, a share, a longest gap, exact times');
    return;
  }
  if (minPlays > exactTimes.length) refuse('minPlays', `beside exact times at most their number, ${exactTimes.length}`);
  if (scope !== 'screen') refuse('scope', 'screen beside exact times: each screen plays at every one of them');
  for (const field of RULED_OUT)
    if (commitment[field] !== null) refuse(field, 'null beside exact times: they are all the plays there are');
}

const above0 = { type: 'number', exclusiveMinimum: 0 };

/** The same rules in JSON Schema, as far as it can say them: the count beside exact times is only told from more than the most of them. */
export const COMMITMENT_JSON_RULES = {
  if: { properties: { exactTimes: { type: 'array', minItems: 1 } }, required: ['exactTimes'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: {
    properties: {
      minPlays: { type: 'integer', maximum: 96 },
      scope: { const: 'screen' },
      ...Object.fromEntries(RULED_OUT.map((field) => [field, { type: 'null' }])),
    },
  },
  else: {
    anyOf: [
      { properties: { minPlays: above0 }, required: ['minPlays'] },
      { properties: { minShare: above0 }, required: ['minShare'] },
      { properties: { minAirtimeShare: above0 }, required: ['minAirtimeShare'] },
      { properties: { maxGapMin: above0 }, required: ['maxGapMin'] },
    ],
  },
};
