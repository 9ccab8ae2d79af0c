/** Half of the power-cut states: of the journal. */
import { expect, test } from 'vitest';
import { STATES, seedOf } from './support/amounts.ts';
import { cutJournals } from './support/cut-journals.ts';
import { stateFolder } from './support/state-folder.ts';

test(`[CR3] [I1] [I4] [I5] [I6] the journal after ${STATES / 2} power cuts`, async () => {
  expect(await cutJournals(seedOf('power cuts of the journal'), Math.ceil(STATES / 2), await stateFolder())).toEqual(
    [],
  );
});
