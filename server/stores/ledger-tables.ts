/** Tables of the embedded ledger. */

/**
 * A segment lasts 10 minutes at most; one whose clock was stepped may say anything. Those that seem to last over an hour or
 * backwards have an index of their own, so that all others are found by the time of their first record alone.
 */
export const ODD_SPAN_MS = 3_600_000;
/** Condition of the segments above. */
export const IS_ODD = `last_at NOT BETWEEN first_at AND first_at + ${ODD_SPAN_MS}`;

/**
 * Entries of the log. Positions are given by SQLite, one after another from 1, and never given back: index = position − 1. The entry of a stored segment
 * is null: it is made of the segment, whose id is the position.
 */
export const ENTRY_TABLE = `
CREATE TABLE log_entries (position INTEGER PRIMARY KEY, entry TEXT) STRICT;
CREATE UNIQUE INDEX log_entries_alone ON log_entries (entry) WHERE entry IS NOT NULL;
`;

/** Documents, and the segments that are packed with them. A segment's id is its position in the log. */
export const SEGMENT_TABLES = `
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, body TEXT NOT NULL
) STRICT;

CREATE TABLE segments (
  id INTEGER PRIMARY KEY REFERENCES log_entries (position),
  device BLOB NOT NULL, epoch INTEGER NOT NULL, segment INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE, prev BLOB, screen TEXT NOT NULL,
  first_seq INTEGER NOT NULL, count INTEGER NOT NULL CHECK (count > 0),
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, received_at INTEGER NOT NULL,
  packed_with INTEGER REFERENCES documents (id), signature BLOB NOT NULL, packed BLOB NOT NULL,
  UNIQUE (device, epoch, segment)
) STRICT;
CREATE INDEX segments_by_time ON segments (first_at, last_at);
CREATE INDEX segments_by_screen ON segments (screen, first_at);
CREATE INDEX segments_odd ON segments (first_at) WHERE ${IS_ODD};
`;

/** Kept checkpoints. */
export const CHECKPOINT_TABLE = `
CREATE TABLE log_checkpoints (size INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
`;

/** How far the log was looked through for bodies to drop: one row, an index. */
export const RETENTION_TABLE = `
CREATE TABLE retention (looked_up_to INTEGER NOT NULL) STRICT;
INSERT INTO retention VALUES (0);
`;

/** All tables. */
export const LEDGER_TABLES = `
${ENTRY_TABLE}
${SEGMENT_TABLES}
${CHECKPOINT_TABLE}
${RETENTION_TABLE}
CREATE TABLE assignments (screen TEXT NOT NULL PRIMARY KEY, program TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE log_tiles (
  level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, tile)
) STRICT, WITHOUT ROWID;

CREATE TABLE forks (
  hash TEXT NOT NULL PRIMARY KEY,
  device TEXT NOT NULL, epoch INTEGER NOT NULL, segment INTEGER NOT NULL,
  header TEXT NOT NULL, signature TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL
) STRICT;

CREATE TABLE quarantine (
  device TEXT NOT NULL, epoch INTEGER NOT NULL, segment INTEGER NOT NULL, hash TEXT NOT NULL,
  first_seq INTEGER NOT NULL, count INTEGER NOT NULL, reason TEXT NOT NULL,
  header TEXT NOT NULL, signature TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL,
  PRIMARY KEY (device, epoch, segment, hash)
) STRICT;

CREATE TABLE screen_days (
  screen TEXT NOT NULL, date TEXT NOT NULL,
  counts TEXT NOT NULL,
  end_of_day TEXT,
  PRIMARY KEY (screen, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX screen_days_by_date ON screen_days (date);

CREATE TABLE incidents (
  id TEXT NOT NULL PRIMARY KEY, screen TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL,
  opened_at INTEGER NOT NULL, closed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX incidents_open ON incidents (screen, kind) WHERE closed_at IS NULL;
CREATE INDEX incidents_closed ON incidents (closed_at);
`;
