/** The socket protocol between player and server: namespace `/player`, every event and acknowledgement. */
import { z } from 'zod';
import { SLOGAN_THEMES } from '../domain/catalogue/content.ts';
import { SHORTFALL_REASONS } from '../domain/proof/record.ts';
import { countSchema, dateSchema, idSchema, sha256Schema } from './common.ts';
import { wireErrorSchema } from './errors.ts';
import { segmentSchema } from './proof.ts';

/** Most bytes of one message, either way; whoever sends a longer one is cut off. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** Namespace of players. */
export const PLAYER_NAMESPACE = '/player';

/**
 * Event names, all acknowledged unless said otherwise.
 * Player to server: hello, prove, segment, status (no acknowledgement), time, shot, log, receipts, successions. Server to player: enrolled, program, takeover, retired (none
 * acknowledged), command.
 */
export const PLAYER_EVENTS = {
  hello: 'hello',
  prove: 'prove',
  segment: 'segment',
  status: 'status',
  time: 'time',
  enrolled: 'enrolled',
  program: 'program',
  retired: 'retired',
  takeover: 'takeover',
  command: 'command',
  shot: 'shot',
  log: 'log',
  receipts: 'receipts',
  successions: 'successions',
} as const;

/** First message: who claims to be there. `publicKey`: raw Ed25519 key, base64 (44 characters). */
export const helloSchema = z.strictObject({
  protocol: z.int(),
  publicKey: z.base64().length(44),
  build: idSchema,
  /** One-time token that binds this key to a screen without a click; given by `npm start` to its own demo player. */
  enrolToken: z.string().min(20).max(200).nullable(),
});

/** Answer to hello: sign `xunbo/challenge/v1\n` + this nonce. */
export const challengeSchema = z.strictObject({ nonce: z.base64().length(44) });

/** First line of the bytes signed to prove possession of the device key. */
export const CHALLENGE_CONTEXT = 'xunbo/challenge/v1\n';

/** The proof: Ed25519 signature over the context and the nonce's base64 text. */
export const proveSchema = z.strictObject({ signature: z.base64().length(88) });

/**
 * An emergency message that stands over everything from the moment it is known until `endsAtMs` (UTC ms by the disciplined clock) or until another
 * push takes it back.
 */
export const takeoverSchema = z.strictObject({
  id: idSchema,
  text: z.string().min(1).max(500),
  textEn: z.string().min(1).max(500).nullable(),
  theme: z.enum(SLOGAN_THEMES),
  endsAtMs: countSchema,
});

/** Body of `takeover`: what stands over everything now; null: nothing. */
export const takeoverPushSchema = z.strictObject({ takeover: takeoverSchema.nullable() });

/** What an operator asks of one player. `identify`: show the screen's name and number full screen for `forMs`. */
export const playerCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('screenshot') }),
  z.strictObject({ type: z.literal('reload') }),
  z.strictObject({ type: z.literal('restart') }),
  z.strictObject({ type: z.literal('log'), lines: z.int().min(1).max(1000) }),
  z.strictObject({ type: z.literal('identify'), forMs: z.int().min(1000).max(60_000) }),
]);

/** Answer to a command. `shot`: the picture has been sent by `shot` before. */
export const playerCommandAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done') }),
  z.strictObject({ kind: z.literal('shot'), sha: sha256Schema }),
  z.strictObject({ kind: z.literal('log'), lines: z.array(z.string().max(2000)).max(1000) }),
  z.strictObject({ kind: z.literal('failed'), detail: z.string().max(500) }),
]);

/** Most bytes of one picture of a screen. */
export const MAX_SHOT_BYTES = 128 * 1024;

/** Body of `shot`: a small WebP picture of the screen and its SHA-256; answered with `{kind: 'stored'}` or an error. */
export const shotSchema = z.strictObject({
  sha: sha256Schema,
  atMs: countSchema,
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= MAX_SHOT_BYTES),
});

/** Answer to `shot`. */
export const shotAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stored') }),
  z.strictObject({ kind: z.literal('error'), ...wireErrorSchema.shape }),
]);

/** How the machine of a player is; null where it cannot be told. Sizes in bytes, temperature in °C, `uptimeS` of the agent in seconds. */
export const healthSchema = z.strictObject({
  build: idSchema,
  uptimeS: countSchema,
  temperatureC: z.number().nullable(),
  diskFreeBytes: countSchema.nullable(),
  memoryBytes: countSchema.nullable(),
  droppedFrames: countSchema,
  lastSyncMs: countSchema.nullable(),
  display: z.enum(['on', 'off']).nullable(),
});

/** What an enrolled player is told on every return. `next` is where its journal goes on as far as the server stored it. */
export const welcomeSchema = z.strictObject({
  kind: z.literal('welcome'),
  screen: idSchema,
  screenName: z.string(),
  program: sha256Schema.nullable(),
  /** Bearer token for fetching programs and media over HTTP while this connection lasts. */
  fetchToken: z.string(),
  /** Highest epoch stored of this device and the next segment expected in it; null where nothing is stored. */
  next: z.strictObject({ epoch: countSchema, segment: countSchema }).nullable(),
  /** Seal a segment at this age at the latest while connected, 1 s to 10 min: shorter where few players share a server. */
  sealAfterMs: z.int().min(1000).max(600_000),
  /** What stands over everything now. */
  takeover: takeoverSchema.nullable(),
  /** The first play of each promise on a day and every so many after it has a picture taken; 0: none has. */
  shotEveryPlays: countSchema,
});

/** What a player that no screen is bound to is told: show this code until `enrolled` arrives or it expires. */
export const pairingSchema = z.strictObject({
  kind: z.literal('pairing'),
  code: z.string().regex(/^[2-9A-HJ-NP-Z]{8}$/),
  expiresAtMs: countSchema,
});

/** Answer to prove. */
export const proveAnswerSchema = z.discriminatedUnion('kind', [
  welcomeSchema,
  pairingSchema,
  z.strictObject({ kind: z.literal('error'), ...wireErrorSchema.shape }),
]);

/** Body of `enrolled`: as a welcome. Body of `program`: the hash to play from now on. Body of `retired`: nothing. */
export const programPushSchema = z.strictObject({ program: sha256Schema.nullable() });

/**
 * Body of `segment`. `afterGap`: what lies between it and the last one stored of its epoch was removed here after it had been logged. `withoutProgram`: the
 * program that its header names is not here any more.
 */
export const segmentPushSchema = segmentSchema.extend({
  afterGap: z.literal(true).optional(),
  withoutProgram: z.literal(true).optional(),
});

/**
 * Answer to a segment, sent only after the server has committed:
 * stored (again, if it was known), rewind (send from here on first), fork (another segment of this number is stored; both are kept),
 * quarantined (kept aside with the reason; go on with the next), need-program (the server has lost the program that the header names: bring that by HTTP, or
 * say that it is not here any more, and send the segment again), or an error (try again later where retryable).
 */
export const segmentAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stored'), epoch: countSchema, segment: countSchema, hash: sha256Schema }),
  z.strictObject({ kind: z.literal('rewind'), epoch: countSchema, segment: countSchema }),
  z.strictObject({ kind: z.literal('fork'), epoch: countSchema, segment: countSchema, hash: sha256Schema }),
  z.strictObject({ kind: z.literal('quarantined'), hash: sha256Schema, reason: z.string() }),
  z.strictObject({ kind: z.literal('need-program'), program: sha256Schema }),
  z.strictObject({ kind: z.literal('error'), ...wireErrorSchema.shape }),
]);

/** Kinds of trouble a screen can have. */
export const INCIDENT_KINDS = [
  'offline',
  'clock-unsynchronised',
  'media-missing',
  'playback-failing',
  'disk-full',
  'at-risk',
  'display-failing',
  'update-failed',
  'log-forked',
  'log-replaced',
] as const;

/** Heartbeat, every 10 s and after each play: what is on, today's counts by the player's own tally, and open troubles. */
export const statusSchema = z.strictObject({
  atMs: countSchema,
  state: z.enum(['showing', 'closed', 'idle', 'no-program', 'fetching']),
  program: sha256Schema.nullable(),
  showing: z
    .strictObject({ item: idSchema, commitment: idSchema.nullable(), startMs: countSchema, durationMs: countSchema })
    .nullable(),
  date: dateSchema.nullable(),
  /** Counted plays today by commitment id. */
  tally: z.record(idSchema, countSchema),
  /** Counted plays of the loop today and the time they took; left out by players that do not tell. */
  loop: z.strictObject({ plays: countSchema, shownMs: countSchema }).optional(),
  /**
   * Promises of today that the player's plan of the rest no longer makes: by how many plays (0: a share or a gap, not the count) and why; `lost` where
   * what was shown already has broken them.
   * Left out by players that do not tell; empty where all is well.
   */
  short: z
    .record(idSchema, z.strictObject({ by: countSchema, reason: z.enum(SHORTFALL_REASONS), lost: z.boolean() }))
    .optional(),
  /** Segments sealed and not yet stored by the server. */
  unsent: countSchema,
  clockErrorMs: countSchema.nullable(),
  /** The takeover that stands over everything; left out where there is none. */
  takeover: idSchema.optional(),
  /** How the machine is; left out by players that do not tell. */
  health: healthSchema.optional(),
  incidents: z.array(z.strictObject({ kind: z.enum(INCIDENT_KINDS), detail: z.string().max(500) })).max(20),
});

/** Body and answer of `time`: the four-timestamp exchange of NTP (RFC 5905 section 8), server times in UTC ms. */
export const timeRequestSchema = z.strictObject({ sentAtMs: z.number() });
/** Answer to `time`. */
export const timeAnswerSchema = z.strictObject({ receivedAtMs: z.number(), answeredAtMs: z.number() });

/** Most bytes of a program. */
export const MAX_PROGRAM_BYTES = 64 * 1024 * 1024;

/** HTTP paths of players, with `Authorization: Bearer <fetchToken>`. Media answer Range requests. */
export const PLAYER_PATHS = {
  /** Got by GET, brought by PUT (text/plain) where the server asked for it. */
  program: (hash: string): string => `/player/programs/${hash}`,
  media: (sha: string): string => `/player/media/${sha}`,
  /** Where electron-updater looks for `latest-linux.yml` and what that names. */
  updates: '/player/updates/',
} as const;

/** Types of the messages above. */
export type Hello = z.infer<typeof helloSchema>;
export type Challenge = z.infer<typeof challengeSchema>;
export type Welcome = z.infer<typeof welcomeSchema>;
export type ProveAnswer = z.infer<typeof proveAnswerSchema>;
export type SegmentPush = z.infer<typeof segmentPushSchema>;
export type SegmentAnswer = z.infer<typeof segmentAnswerSchema>;
export type Status = z.infer<typeof statusSchema>;
/** An emergency message. */
export type Takeover = z.infer<typeof takeoverSchema>;
/** What is asked of a player. */
export type PlayerCommand = z.infer<typeof playerCommandSchema>;
/** What it answers. */
export type PlayerCommandAnswer = z.infer<typeof playerCommandAnswerSchema>;
/** How its machine is. */
export type Health = z.infer<typeof healthSchema>;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];
