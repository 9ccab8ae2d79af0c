/** What devices, operators and disks do to a server that takes segments in, as commands of a model-based test. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Segment } from '../../../domain/proof/segment.ts';
import type { SegmentAnswer } from '../../../protocol/player-link.ts';
import type { SenderSays } from '../../../server/ingest/ingest-service.ts';
import type { Ledger } from '../../../server/stores/ledger-store.ts';
import { shaOf } from '../../helpers/chain-builder.ts';
import type { FaultTwin } from '../../helpers/faulty-stores.ts';
import type { IngestModel } from './ingest-model.ts';
import {
  type Content,
  DEVICES,
  deviceAt,
  type Place,
  SPOILT,
  type Spoilt,
  segmentAt,
  spoiltAt,
  UNKNOWN_PROGRAM,
} from './scripted-segments.ts';

/** The server under test. `push`: from a device's connection. */
export type Real = {
  push(device: number, segment: Segment, said?: SenderSays): Promise<SegmentAnswer>;
  enrol(device: number, screen: string): Promise<void>;
  retire(screen: string): Promise<void>;
  failNext(twin: FaultTwin): void;
  /** Closes the store and opens it again. */
  reopen(): Promise<void>;
  ledger(): Ledger;
};

/** A device as the model knows it: where its journal stands, its screen (null while it is bound to none), and the screens it recorded for by epoch. */
export type ModelDevice = { screen: string | null; at: Place; screens: string[] };

/** The model's state: the rules of ingest, the devices, and what the store's next write comes to; `met` takes the kinds of answers. */
export type Model = { ingest: IngestModel; devices: ModelDevice[]; failing: FaultTwin | null; met: Set<string> };

type Command = fc.AsyncCommand<Model, Real>;

export const SCREENS = ['screen-a', 'screen-b'] as const;
const MOST_SEGMENTS = 24;
const MOST_EPOCHS = 6;

const NOT_ALLOWED = { kind: 'error', error: { code: 'not-allowed' } };
const STORE_FAILED = { kind: 'error', error: { code: 'disk-full', retryable: true } };

function deviceOf(model: Model, device: number): ModelDevice {
  const found = model.devices[device];
  if (!found) throw new RangeError(`no device ${device}`);
  return found;
}

const isSpoilt = (what: Content | Spoilt): what is Spoilt => SPOILT.some((one) => one === what);

/** Sends what is at `place`; the answer has to be the model's. `afterGap`: the device says that what lies before is not there any more. */
async function send(
  model: Model,
  real: Real,
  place: Place,
  what: Content | Spoilt,
  afterGap = false,
): Promise<SegmentAnswer['kind']> {
  const { screen } = deviceOf(model, place.device);
  const scripted = segmentAt(place, isSpoilt(what) ? 'true' : what);
  const sent = isSpoilt(what) ? spoiltAt(place, what) : scripted.sent;
  const said: SenderSays = {
    ...(what === 'lost-program' && { withoutProgram: true }),
    ...(afterGap && { afterGap: true }),
  };
  const answer = await real.push(place.device, sent, said);
  model.met.add(answer.kind);
  if (screen === null) {
    expect(answer).toMatchObject(NOT_ALLOWED);
    return answer.kind;
  }
  const hash = shaOf(sent.header);
  const isForeign = screen !== place.screen && what !== 'header-malformed';
  const fault = isForeign ? 'screen-foreign' : isSpoilt(what) ? what : null;
  const lacks = what === 'unknown-program' && fault === null ? UNKNOWN_PROGRAM : null;
  // Asking for a program writes nothing, so that nothing can fail.
  const twin = lacks === null ? model.failing : null;
  if (lacks === null) model.failing = null;
  if (twin !== 'not-applied') {
    const expected = model.ingest.push({ facts: scripted.facts, fault, hash, lacks, afterGap });
    if (twin === null) expect(answer).toEqual(expected);
  }
  if (twin !== null) expect(answer).toMatchObject(STORE_FAILED);
  expect(await real.ledger().segments.position(deviceAt(place.device).id)).toEqual(
    model.ingest.position(deviceAt(place.device).id),
  );
  return answer.kind;
}

const named = (name: string, parts: Omit<Command, 'toString'>): Command => ({ ...parts, toString: () => name });

/** The next segments, until one is not taken: an answer other than an error or a rewind lets the device go on, as a player does. */
const pushNext = (device: number, count: number): Command =>
  named(`next ${count} of ${device}`, {
    check: (model) => deviceOf(model, device).at.segment + count <= MOST_SEGMENTS,
    async run(model, real) {
      const { at } = deviceOf(model, device);
      for (let k = 0; k < count; k += 1) {
        const kind = await send(model, real, at, 'true');
        if (kind === 'rewind' || kind === 'error') return;
        at.segment += 1;
      }
    },
  });

/** Something at a place that is `by` before or behind the one that is next. */
const pushAt = (device: number, by: number, what: Content | Spoilt): Command =>
  named(`${what} of ${device} at ${by}`, {
    check: (model) => deviceOf(model, device).at.segment + by >= 0,
    async run(model, real) {
      const { at } = deviceOf(model, device);
      await send(model, real, { ...at, segment: at.segment + by }, what);
    },
  });

/** What comes `by` numbers later, of a device that says that it has nothing before it. */
const pushAfterGap = (device: number, by: number): Command =>
  named(`${by} later of ${device}, after a gap`, {
    check: (model) => deviceOf(model, device).at.segment + by <= MOST_SEGMENTS,
    async run(model, real) {
      const { at } = deviceOf(model, device);
      at.segment += by;
      const kind = await send(model, real, at, 'true', true);
      if (kind === 'stored') at.segment += 1;
    },
  });

/** Something of an earlier epoch. */
const pushEarlier = (device: number, segment: number, what: Content | Spoilt): Command =>
  named(`${what} of ${device} in the epoch before, ${segment}`, {
    check: (model) => deviceOf(model, device).at.epoch > 0,
    async run(model, real) {
      const { at, screens } = deviceOf(model, device);
      const epoch = at.epoch - 1;
      await send(model, real, { ...at, screen: screens[epoch] ?? at.screen, epoch, segment }, what);
    },
  });

/** The epoch before from its beginning, as what waits is sent beside what is recorded now. */
const pushEarlierFrom = (device: number, count: number): Command =>
  named(`the first ${count} of ${device} in the epoch before`, {
    check: (model) => deviceOf(model, device).at.epoch > 0,
    async run(model, real) {
      for (let segment = 0; segment < count; segment += 1) {
        await pushEarlier(device, segment, 'true').run(model, real);
      }
    },
  });

/** What one device recorded comes over the connection of another. */
const pushForeign = (device: number, of: number): Command =>
  named(`a segment of ${of} from ${device}`, {
    check: (model) => device !== of && deviceOf(model, device).screen !== null && model.failing === null,
    async run(model, real) {
      const scripted = segmentAt(deviceOf(model, of).at);
      const answer = await real.push(device, scripted.sent);
      const { hash } = scripted.facts;
      const facts = { ...scripted.facts, device: deviceAt(device).id };
      expect(answer).toEqual(model.ingest.push({ facts, fault: 'device-foreign', hash, lacks: null, afterGap: false }));
    },
  });

const newEpoch = (device: number): Command =>
  named(`new epoch of ${device}`, {
    check: (model) => deviceOf(model, device).at.epoch < MOST_EPOCHS,
    async run(model) {
      const { at, screens } = deviceOf(model, device);
      screens[at.epoch] = at.screen;
      at.epoch += 1;
      at.segment = 0;
    },
  });

/** The screen's device is released, and another one is bound to it; what it records from then on is of that screen. */
const replaceDevice = (device: number, screen: string): Command =>
  named(`${device} takes ${screen}`, {
    check: (model) => deviceOf(model, device).screen === null && deviceOf(model, device).at.epoch < MOST_EPOCHS,
    async run(model, real) {
      await real.retire(screen);
      for (const other of model.devices) if (other.screen === screen) other.screen = null;
      await real.enrol(device, screen);
      const taken = deviceOf(model, device);
      taken.screens[taken.at.epoch] = taken.at.screen;
      taken.screen = screen;
      taken.at = { ...taken.at, screen, epoch: taken.at.epoch + 1, segment: 0 };
    },
  });

const storeFails = (twin: FaultTwin): Command =>
  named(`the store fails, ${twin}`, {
    check: () => true,
    async run(model, real) {
      if (model.failing === null) real.failNext(twin);
      model.failing ??= twin;
    },
  });

const reopen: Command = named('the store is closed and opened', {
  check: () => true,
  async run(model, real) {
    await real.reopen();
    model.failing = null;
  },
});

const device = fc.nat(DEVICES.length - 1);
const spoilt = fc.constantFrom(...SPOILT);
const what = fc.constantFrom<Content | Spoilt>('true', 'other', 'unknown-program', 'lost-program', ...SPOILT);

/** All commands; mostly what a player does, so that histories get somewhere. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  fc.tuple(device, fc.integer({ min: 1, max: 6 })).map(([of, count]) => pushNext(of, count)),
  fc.tuple(device, fc.integer({ min: 1, max: 6 })).map(([of, count]) => pushNext(of, count)),
  fc.tuple(device, fc.integer({ min: 1, max: 6 })).map(([of, count]) => pushEarlierFrom(of, count)),
  fc.tuple(device, fc.integer({ min: -4, max: -1 })).map(([of, by]) => pushAt(of, by, 'true')),
  fc.tuple(device, fc.integer({ min: -4, max: 0 })).map(([of, by]) => pushAt(of, by, 'other')),
  fc.tuple(device, fc.integer({ min: 1, max: 4 }), what).map(([of, by, sent]) => pushAt(of, by, sent)),
  fc.tuple(device, fc.integer({ min: -2, max: 1 }), spoilt).map(([of, by, sent]) => pushAt(of, by, sent)),
  device.map((of) => pushAt(of, 0, 'unknown-program')),
  device.map((of) => pushAt(of, 0, 'lost-program')),
  fc.tuple(device, fc.integer({ min: 1, max: 4 })).map(([of, by]) => pushAfterGap(of, by)),
  fc.tuple(device, fc.nat(6), what).map(([of, segment, sent]) => pushEarlier(of, segment, sent)),
  fc.tuple(device, device).map(([from, of]) => pushForeign(from, of)),
  device.map(newEpoch),
  fc.tuple(device, fc.constantFrom(...SCREENS)).map(([of, screen]) => replaceDevice(of, screen)),
  fc.constantFrom<FaultTwin>('applied', 'not-applied').map(storeFails),
  fc.constant(reopen),
];
