/** One player's connection: it says who it is, proves it, and then sends segments and reports. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'socket.io';
import type { Device } from '../../domain/catalogue/organisation.ts';
import {
  CHALLENGE_CONTEXT,
  type Challenge,
  type Hello,
  helloSchema,
  PLAYER_EVENTS,
  type ProveAnswer,
  proveSchema,
  type SegmentAnswer,
  type SegmentPush,
  segmentPushSchema,
  shotSchema,
  statusSchema,
  timeRequestSchema,
  type Welcome,
} from '../../protocol/player-link.ts';
import { logRequestSchema, receiptsRequestSchema, successionsRequestSchema } from '../../protocol/player-log.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { type Clock, newSecret } from '../clock.ts';
import { deviceId, type EnrolmentService } from '../enrolment/enrolment-service.ts';
import { Failure } from '../failure.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { IngestService } from '../ingest/ingest-service.ts';
import { publicKeyOf, type Sender, verifyText } from '../ingest/verify-segment.ts';
import type { Log } from '../log.ts';
import type { PlanningService } from '../planning/planning-service.ts';
import type { ShotStore } from '../shots/shot-store.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { SegmentLedger } from '../stores/ledger-store.ts';
import type { LogService } from '../tlog/log-service.ts';
import { boundBacklog } from './bound-backlog.ts';
import { logAnswer, receiptsAnswer, successionsAnswer } from './log-answers.ts';
import { changePace, PLAYER_RATE } from './pace-reading.ts';
import type { PlayerRegistry } from './player-registry.ts';
import { sealAfterMs } from './seal-after.ts';
import { serveEvents } from './serve-events.ts';
import { createShotIntake } from './shot-intake.ts';
import type { TakeoverPush } from './takeover-push.ts';

/** What player connections are served from. */
export type PlayerSessionDeps = {
  catalogue: CatalogueStore;
  segments: SegmentLedger;
  enrolment: EnrolmentService;
  planning: PlanningService;
  ingest: IngestService;
  fleet: FleetService;
  shots: ShotStore;
  /** As in a welcome. */
  shotEveryPlays: number;
  takeoverPush: TakeoverPush;
  transparency: LogService;
  clock: Clock;
  log: Log;
  /** A player must prove itself within this time, or is cut off. */
  proveWithinMs: number;
};

/** Segments of one player that may be under way at once; the rest are told to come again. */
const MAX_IN_FLIGHT = 4;
/** What may wait to be sent to one player, which reads at once what little it is told. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** What a connection knows of its player: nothing, a challenge given, or proven (and with a device once enrolled). */
type Peer =
  | { state: 'new' }
  | { state: 'challenged'; hello: Hello; nonce: string }
  | { state: 'proven'; hello: Hello; device: Device | null };

/** A player's connection as others see it. */
export type PlayerSession = {
  /** Welcomes the player as `device`, which has just been bound to a screen. */
  enrolled(device: Device): Promise<Welcome>;
};

/** Serves one connection until it ends. */
export function servePlayer(socket: Socket, registry: PlayerRegistry, deps: PlayerSessionDeps): PlayerSession {
  const { clock, log, fleet, ingest } = deps;
  const fetchToken = newSecret();
  const takeShot = createShotIntake(deps.shots, clock);
  let peer: Peer = { state: 'new' };
  let inFlight = 0;
  let isAsking = false;
  let lastSender: Sender | null = null;
  const impatience = setTimeout(() => {
    if (peer.state !== 'proven') socket.disconnect(true);
  }, deps.proveWithinMs);

  function device(): Device {
    if (peer.state !== 'proven' || !peer.device)
      throw new Failure('not-allowed', 'only an enrolled player may do this');
    return peer.device;
  }

  /** Whoever left while it was being let in must not be taken for connected: nobody would ever take it out again. */
  function assertHere(): void {
    if (!socket.connected) throw new Failure('unavailable', 'the connection has ended meanwhile');
  }

  async function enrolled(bound: Device): Promise<Welcome> {
    if (peer.state === 'proven') peer.device = bound;
    const body = await welcomeOf(bound, fetchToken, deps);
    assertHere();
    const player = { socket, deviceId: bound.id, screenId: bound.screenId, fetchToken, lacking: new Set<string>() };
    registry.enter(player);
    fleet.connected(bound.screenId);
    changePace(socket.conn, PLAYER_RATE);
    return { ...body, takeover: deps.takeoverPush.welcome(player) };
  }

  async function prove(signature: string): Promise<ProveAnswer> {
    if (peer.state !== 'challenged') throw new Failure('bad-request', 'say hello first');
    const { hello, nonce } = peer;
    peer = { state: 'new' };
    if (!verifyText(CHALLENGE_CONTEXT + nonce, signature, publicKeyOf(hello.publicKey))) {
      throw new Failure('proof-of-key-failed', 'the signature does not belong to this key and challenge');
    }
    peer = { state: 'proven', hello, device: null };
    const { enrolment } = deps;
    const bound =
      enrolment.deviceOf(hello.publicKey) ??
      (hello.enrolToken === null ? undefined : await enrolment.redeem(hello.enrolToken, hello.publicKey));
    if (bound) return await enrolled(bound);
    assertHere();
    registry.wait(deviceId(hello.publicKey), socket);
    return { kind: 'pairing', ...enrolment.codeFor(hello.publicKey) };
  }

  /** One and the same as long as the device does not change: ingest keeps its key ready. */
  function senderOf({ id, screenId, publicKey }: Device): Sender {
    const isSame = lastSender?.device === id && lastSender.screen === screenId && lastSender.publicKey === publicKey;
    const sender = isSame && lastSender ? lastSender : { device: id, screen: screenId, publicKey };
    lastSender = sender;
    return sender;
  }

  async function take({ afterGap, withoutProgram, ...segment }: SegmentPush): Promise<SegmentAnswer> {
    const sender = senderOf(device());
    if (inFlight >= MAX_IN_FLIGHT) {
      countRefused();
      throw new Failure('too-many-requests', `at most ${MAX_IN_FLIGHT} segments under way`);
    }
    inFlight += 1;
    try {
      const answer = await ingest.push(segment, sender, { afterGap, withoutProgram });
      if (answer.kind === 'need-program') registry.holderOf(fetchToken)?.lacking.add(answer.program);
      return answer;
    } finally {
      inFlight -= 1;
    }
  }

  /** Proofs cost more than anything else that is asked for: one question at a time. */
  async function askLog<T>(ask: () => Promise<T>): Promise<T> {
    device();
    if (isAsking) throw new Failure('too-many-requests', 'one question about the log at a time');
    isAsking = true;
    try {
      return await ask();
    } finally {
      isAsking = false;
    }
  }

  const { on, countRefused } = serveEvents(socket, clock, log);
  on(PLAYER_EVENTS.hello, helloSchema, (hello): Challenge => {
    if (peer.state === 'proven') throw new Failure('bad-request', 'this connection has proven whose it is');
    const nonce = challengeFor(hello);
    peer = { state: 'challenged', hello, nonce };
    return { nonce };
  });
  on(PLAYER_EVENTS.prove, proveSchema, ({ signature }) => prove(signature));
  on(PLAYER_EVENTS.segment, segmentPushSchema, take);
  on(PLAYER_EVENTS.status, statusSchema, (status) => fleet.reported(device().screenId, status));
  on(PLAYER_EVENTS.shot, shotSchema, (body) => takeShot(device().screenId, body));
  on(PLAYER_EVENTS.log, logRequestSchema, ({ size }) => askLog(() => logAnswer(deps.transparency, size)));
  on(PLAYER_EVENTS.receipts, receiptsRequestSchema, ({ hashes }) =>
    askLog(() => receiptsAnswer(deps.transparency, hashes)),
  );
  on(PLAYER_EVENTS.successions, successionsRequestSchema, () => askLog(() => successionsAnswer(deps.transparency)));
  on(PLAYER_EVENTS.time, timeRequestSchema, () => ({ receivedAtMs: clock.nowMs(), answeredAtMs: clock.nowMs() }));
  boundBacklog(socket.conn, MOST_WAITING_BYTES, () =>
    log.warn({ screen: screenOf(peer) }, 'a player that does not read is cut off'),
  );
  socket.on('disconnect', () => {
    clearTimeout(impatience);
    const screenId = registry.leave(socket);
    if (screenId !== undefined) fleet.disconnected(screenId);
  });
  return { enrolled };
}

const screenOf = (peer: Peer): string | null => (peer.state === 'proven' ? (peer.device?.screenId ?? null) : null);

/** A fresh nonce for a player this server can talk to; fails with `protocol-version` or `bad-request`. */
function challengeFor(hello: Hello): string {
  if (hello.protocol !== PROTOCOL_VERSION) {
    throw new Failure(
      'protocol-version',
      `this server speaks protocol ${PROTOCOL_VERSION}, the player ${hello.protocol}`,
    );
  }
  try {
    publicKeyOf(hello.publicKey);
  } catch {
    throw new Failure('bad-request', 'publicKey is not a raw Ed25519 key of 32 bytes');
  }
  return randomBytes(32).toString('base64');
}

async function welcomeOf(
  device: Device,
  fetchToken: string,
  deps: PlayerSessionDeps,
): Promise<Omit<Welcome, 'takeover'>> {
  const position = await deps.segments.position(device.id);
  return {
    kind: 'welcome',
    screen: device.screenId,
    screenName: deps.catalogue.snapshot().screens.get(device.screenId)?.name ?? device.screenId,
    program: deps.planning.programOf(device.screenId)?.hash ?? null,
    fetchToken,
    next: position === null ? null : { epoch: position.epoch, segment: position.nextSegment },
    sealAfterMs: sealAfterMs(deps.fleet.onlineCount()),
    shotEveryPlays: deps.shotEveryPlays,
  };
}
