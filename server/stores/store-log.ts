/** The log that stores write to; a pino logger fits. */

/** Details first, then the line. */
export type StoreLog = {
  info(details: Record<string, unknown>, message: string): void;
  warn(details: Record<string, unknown>, message: string): void;
};

/** A log that says nothing. */
export const silentLog: StoreLog = { info: () => {}, warn: () => {} };
