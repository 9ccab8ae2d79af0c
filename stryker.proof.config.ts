/** Mutants of the proof: run as those of the planner are, against the tests of verifier, log and ingest. */
import planner from './stryker.config.json' with { type: 'json' };

export default {
  ...planner,
  threadRunner: {
    testFiles: [
      'tests/domain/{bundle,proof,tlog}/!(hostile-bundles|canonical-json).test.ts',
      'tests/server/ingest/*.test.ts',
    ],
    slowTests: [],
    freshFor: [],
  },
  mutate: [
    'domain/bundle/*.ts',
    'domain/proof/{chain,check-segment,count-plays,endorsement,inspection-policy,log-entry,succession}.ts',
    'domain/tlog/*.ts',
    'server/ingest/{ingest-service,take-program,verify-segment}.ts',
  ],
  incrementalFile: 'reports/mutation/proof-incremental.json',
  jsonReporter: { fileName: 'reports/mutation/proof.json' },
  htmlReporter: { fileName: 'reports/mutation/proof.html' },
};
