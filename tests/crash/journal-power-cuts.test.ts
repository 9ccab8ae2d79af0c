/** Half of the power-cut states: of the journal. */
import { expect, test } from 'vitest';
import { tempFolder } from '../helpers/temp-folder.ts';
import { STATES, seedOf } from './support/amounts.ts';
import { cutJournals } from './support/cut-journals.ts';

test(`[CR3] [I1] [I4] [I5] [I6] the journal after ${STATES / 2} power cuts`, async () => {
  expect(await cutJournals(seedOf('power cuts of the journal'), Math.ceil(STATES / 2), await tempFolder())).toEqual([]);
});
