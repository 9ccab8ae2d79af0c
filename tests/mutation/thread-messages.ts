/** What the Stryker runner and its test thread say to each other. */

/** How often each mutant was passed, by its number. */
export type Hits = Record<string, number>;
/** The coverage that instrumented code counts. */
export type Coverage = { static: Hits; perTest: Record<string, Hits> };

/** What a thread is started with: the patterns of the test files, and whether it is to count what they cover. */
export type ThreadStart = { files: readonly string[]; isDry: boolean };

/** Runs one test with `mutant` switched on (null: none), which may be passed `hitLimit` times. */
export type ToThread = { testId: string; mutant: string | null; hitLimit: number | undefined };

export type FromThread =
  | { kind: 'ready'; tests: { id: string; name: string; file: string }[]; staticCoverage: Hits }
  | { kind: 'ran'; failure: string | null; ms: number; hits: Hits }
  | { kind: 'endless' }
  | { kind: 'unknown-test' };
