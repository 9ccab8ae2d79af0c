/** The narrow bridge between a player's agent and its stage page, the same in Electron and in a plain Chromium. */
import { z } from 'zod';
import { FITS, SLOGAN_THEMES } from '../domain/catalogue/content.ts';
import { ROTATIONS } from '../domain/catalogue/organisation.ts';

const slotIdSchema = z.string().min(1).max(120);
const themeSchema = z.enum(SLOGAN_THEMES);
const textSchema = z.string().min(1).max(5000);

/** What a slot shows. `url` is relative to the page: `media/<sha256>`, served from the agent's verified cache only. */
export const stageContentSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('video'),
    url: z.string().regex(/^media\/[0-9a-f]{64}$/),
    mime: z.string().max(100),
  }),
  z.strictObject({
    type: z.literal('image'),
    url: z.string().regex(/^media\/[0-9a-f]{64}$/),
    fit: z.enum(FITS),
    pan: z.boolean(),
  }),
  z.strictObject({ type: z.literal('live'), url: z.string().regex(/^live\/[0-9a-f]{64}\/index$/) }),
  z.strictObject({ type: z.literal('card'), text: textSchema, textEn: textSchema.nullable(), theme: themeSchema }),
  z.strictObject({ type: z.literal('ticker'), text: textSchema, textEn: textSchema.nullable(), theme: themeSchema }),
]);

/** Commands of the agent to the page. The page obeys; it decides nothing. */
export const stageCommandSchema = z.discriminatedUnion('type', [
  /** Make this ready behind what shows: decode the first frame, lay out the text. Only one is prepared at a time. */
  z.strictObject({
    type: z.literal('prepare'),
    id: slotIdSchema,
    content: stageContentSchema,
    durationMs: z.int().positive(),
  }),
  /** Put the prepared slot on in `inMs` milliseconds (0: now); what showed until then is finished at that moment. */
  z.strictObject({ type: z.literal('show'), id: slotIdSchema, inMs: z.int().min(0).max(60_000) }),
  /** Nothing is due: calm dark page. `reason` tells which words it bears; what showed is finished now. */
  z.strictObject({ type: z.literal('idle'), reason: z.enum(['closed', 'nothing-due', 'loading', 'no-program']) }),
  /** The pairing page: this code is to be entered in the console of `server`; `device` is the player's own id, by which its unit knows its key. What showed is finished now. */
  z.strictObject({
    type: z.literal('pairing'),
    code: z.string().max(20),
    server: z.string().max(300),
    device: z.string().max(64),
  }),
  /** An emergency message over everything, tickers included, until it is taken back with null; what shows behind it is not touched. */
  z.strictObject({
    type: z.literal('takeover'),
    message: z.strictObject({ text: textSchema, textEn: textSchema.nullable(), theme: themeSchema }).nullable(),
  }),
  /** The screen's name and id over everything for `forMs` milliseconds, so that somebody who stands before it can tell which one it is. */
  z.strictObject({
    type: z.literal('identify'),
    name: z.string().max(200),
    id: z.string().max(128),
    forMs: z.int().min(1000).max(60_000),
  }),
  /** How the display hangs (degrees clockwise) and how loud films are (percent; 0: silent), from now on. */
  z.strictObject({
    type: z.literal('display'),
    rotation: z.union(ROTATIONS.map((degrees) => z.literal(degrees))),
    volume: z.int().min(0).max(100),
  }),
  /** The texts that run along the bottom over everything, one after the other, for ever; empty: none. */
  z.strictObject({
    type: z.literal('ticker'),
    lines: z.array(z.strictObject({ text: textSchema, theme: themeSchema })).max(50),
  }),
]);

/** Events of the page to the agent. */
export const stageEventSchema = z.discriminatedUnion('type', [
  /** The page has loaded and listens; the agent answers with what is to be shown. */
  z.strictObject({ type: z.literal('ready') }),
  /** The slot stands ready behind what shows. */
  z.strictObject({ type: z.literal('prepared'), id: slotIdSchema }),
  /** The first frame of the slot has been put on the screen. */
  z.strictObject({ type: z.literal('started'), id: slotIdSchema }),
  /**
   * The slot is off the screen again. `shownMs`: from its first frame until then, on the page's monotonic clock;
   * `frames`/`dropped`: frames presented and lost (video), 1 and 0 for still content; `visible`: the page was visible throughout.
   */
  z.strictObject({
    type: z.literal('finished'),
    id: slotIdSchema,
    shownMs: z.int().min(0),
    frames: z.int().min(0),
    dropped: z.int().min(0),
    visible: z.boolean(),
  }),
  /** The slot cannot be shown, or broke off. */
  z.strictObject({
    type: z.literal('failed'),
    id: slotIdSchema,
    reason: z.enum(['decode', 'load', 'unsupported', 'timeout']),
    detail: z.string().max(500),
  }),
  /** Once a second: the page lives. `frames`: frames presented since the last pulse. */
  z.strictObject({ type: z.literal('pulse'), showing: slotIdSchema.nullable(), frames: z.int().min(0) }),
]);

/** What a slot shows on the stage. */
export type StageContent = z.infer<typeof stageContentSchema>;
/** A command of the agent to the page. */
export type StageCommand = z.infer<typeof stageCommandSchema>;
/** An event of the page to the agent. */
export type StageEvent = z.infer<typeof stageEventSchema>;

/** `window.player`: given by Electron's preload script; in a plain Chromium the page makes it from {@link STAGE_PATHS}. */
export type PlayerBridge = {
  /** Sends an event to the agent; never throws, events of a lost agent are dropped. */
  send(event: StageEvent): void;
  /** Calls `listener` with each valid command, those before it was set included. */
  onCommand(listener: (command: StageCommand) => void): void;
};

/**
 * Paths below the page's own address in a plain Chromium, `http://127.0.0.1:PORT/TOKEN/`:
 * `commands` is a server-sent event stream (one JSON command an event), `events` takes one JSON event a POST. `live` holds what the agent fetches of live sources.
 */
export const STAGE_PATHS = {
  commands: 'bridge/commands',
  events: 'bridge/events',
  media: 'media/',
  live: 'live/',
} as const;
