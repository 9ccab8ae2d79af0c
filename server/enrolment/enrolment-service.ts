/** Binds players to screens: pairing codes, one-time enrolment tokens, and the devices that came of them. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { Device } from '../../domain/catalogue/organisation.ts';
import type { Clock } from '../clock.ts';
import { newSecret } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';

/** Letters and digits that nobody mistakes for one another at a distance. */
const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
const CODE_LIFE_MS = 15 * 60_000;
/** Players showing a code at one time; further ones are told to try later. */
const MAX_WAITING = 10_000;

/** A player that shows a code. */
type Waiting = { publicKey: string; expiresAtMs: number };

/** What the enrolment service offers. */
export type EnrolmentService = {
  /** The device of this key if it is bound to a screen, else undefined. */
  deviceOf(publicKey: string): Device | undefined;
  /** A code for a key that proved itself: the same one until it expires. Fails with `unavailable` where too many wait. */
  codeFor(publicKey: string): { code: string; expiresAtMs: number };
  /** Binds the player that shows `code` to a screen. Fails: `pairing-code-unknown`, `not-found`, `already-paired`, `conflict`. */
  pair(screenId: string, code: string): Promise<Device>;
  /** A token that binds the next key presenting it to a screen, once; held in memory only. */
  tokenFor(screenId: string): string;
  /** Binds `publicKey` by such a token; undefined where the token is not (any more) good. */
  redeem(token: string, publicKey: string): Promise<Device | undefined>;
  /** Releases the device of a screen, if there is one. */
  retire(screenId: string): Promise<void>;
  /** Calls `listener` after a device was bound or released. */
  onChanged(listener: (device: Device) => void): void;
};

/** Id of a device: SHA-256 of its raw public key, hexadecimal. */
export const deviceId = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');

/** Makes the service. */
export function createEnrolmentService(deps: { catalogue: CatalogueStore; clock: Clock }): EnrolmentService {
  const { catalogue, clock } = deps;
  const waiting = new Map<string, Waiting>();
  const tokens = new Map<string, string>();
  const listeners = new Set<(device: Device) => void>();
  const tell = (device: Device): void => {
    for (const listener of listeners) listener(device);
  };

  function dropExpired(): void {
    const now = clock.nowMs();
    for (const [code, entry] of waiting) if (entry.expiresAtMs <= now) waiting.delete(code);
  }

  async function bind(screenId: string, publicKey: string): Promise<Device> {
    const { screens, devices } = catalogue.snapshot();
    const screen = screens.get(screenId);
    if (!screen) throw new Failure('not-found', `there is no screen ${screenId}`);
    if (screen.kind !== 'player') throw new Failure('conflict', `${screenId} is an external channel and has no player`);
    const active = [...devices.values()].find((d) => d.screenId === screenId && d.retiredAtMs === null);
    if (active && active.publicKey !== publicKey) {
      throw new Failure('already-paired', `screen ${screenId} has a player; release it first`);
    }
    const id = deviceId(publicKey);
    const elsewhere = devices.get(id);
    if (elsewhere && elsewhere.screenId !== screenId && elsewhere.retiredAtMs === null) {
      throw new Failure(
        'already-paired',
        `this player belongs to screen ${elsewhere.screenId}; release it there first`,
      );
    }
    const device: Device = { id, publicKey, screenId, assurance: 'C', enrolledAtMs: clock.nowMs(), retiredAtMs: null };
    await catalogue.apply([{ op: 'put', collection: 'devices', entity: device }]);
    tell(device);
    return device;
  }

  return {
    deviceOf(publicKey) {
      const device = catalogue.snapshot().devices.get(deviceId(publicKey));
      return device && device.retiredAtMs === null ? device : undefined;
    },
    codeFor(publicKey) {
      dropExpired();
      for (const [code, entry] of waiting) {
        if (entry.publicKey === publicKey) return { code, expiresAtMs: entry.expiresAtMs };
      }
      if (waiting.size >= MAX_WAITING) throw new Failure('unavailable', 'too many players wait to be paired');
      const code = newCode(waiting);
      const expiresAtMs = clock.nowMs() + CODE_LIFE_MS;
      waiting.set(code, { publicKey, expiresAtMs });
      return { code, expiresAtMs };
    },
    async pair(screenId, typed) {
      dropExpired();
      const code = typed.toUpperCase().replace(/[\s-]/g, '');
      const entry = waiting.get(code);
      if (!entry) throw new Failure('pairing-code-unknown', 'no player shows this code now; codes last 15 minutes');
      const device = await bind(screenId, entry.publicKey);
      waiting.delete(code);
      return device;
    },
    tokenFor(screenId) {
      const token = newSecret();
      tokens.set(token, screenId);
      return token;
    },
    async redeem(token, publicKey) {
      const found = [...tokens].find(([known]) => sameText(known, token));
      if (!found) return undefined;
      tokens.delete(found[0]);
      return await bind(found[1], publicKey);
    },
    async retire(screenId) {
      const { devices } = catalogue.snapshot();
      const active = [...devices.values()].find((d) => d.screenId === screenId && d.retiredAtMs === null);
      if (!active) return;
      const retired = { ...active, retiredAtMs: clock.nowMs() };
      await catalogue.apply([{ op: 'put', collection: 'devices', entity: retired }]);
      tell(retired);
    },
    onChanged: (listener) => listeners.add(listener),
  };
}

function newCode(taken: ReadonlyMap<string, unknown>): string {
  for (;;) {
    const code = Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
    if (!taken.has(code)) return code;
  }
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
