/** At the end of the last day, with whatever is wrong then: every play is somewhere, what is missing is told, and every verdict is right. */
import { addDays, localDateAt } from '../../domain/time/zone-time.ts';
import type { ScreenDayCounters } from '../../server/stores/ledger-store.ts';
import { deviceSegments } from './device-segments.ts';
import { compareCounts, explainPlays, type RecordPlace, recordPlaces } from './explain-plays.ts';
import type { Fault } from './findings.ts';
import { judgeDays } from './judge-days.ts';
import type { Sums } from './ledger-sums.ts';
import type { SimulatedDevice } from './simulated-device.ts';
import type { SimulatedWorld } from './simulated-world.ts';
import type { Showing } from './witness.ts';

/** Checks a run of `days` days and adds it up. */
export async function checkShown(world: SimulatedWorld, days: number, sums: Sums, fault: Fault): Promise<void> {
  const { server, devices, copiedAtMs, program, firstDate } = world;
  const placeOf = new Map<Showing, RecordPlace>();
  for (const device of devices) {
    const { player, witness, segments, eye } = device;
    const place = recordPlaces(deviceSegments(segments, eye));
    for (const showing of witness.showings) placeOf.set(showing, place);
    const isOnline = player.state().isOnline;
    explainPlays(
      { showings: witness.showings, placeOf: place, isOnline, isServerSetBack: server.missing().length > 0 },
      sums,
      fault,
    );
    checkLosses(device, fault);
    checkMessages(device, fault);
  }
  const showings = devices.flatMap(({ witness }) => witness.showings);
  sums.plays.counted += compareCounts(showings, await countersOf(world), fault);
  const copied = copiedAtMs();
  await judgeDays(
    {
      ...{ program, firstDate, days, showings, verdicts: server.verdicts },
      // The day of service under way then may have begun on the date before.
      copiedFrom: copied === null ? null : addDays(localDateAt(copied, program.timeZone), -1),
      isClosed: (date) => devices.some(({ witness }) => witness.isClosed(date)),
      isLost(showing) {
        const { epoch, seq } = showing.record ?? { epoch: -1, seq: -1 };
        return ['damaged', 'held'].includes(placeOf.get(showing)?.(epoch, seq)?.state ?? '');
      },
    },
    sums,
    fault,
  );
}

/** All counters of the screen. */
export const countersOf = ({ server }: SimulatedWorld): Promise<ScreenDayCounters[]> =>
  server.ledger.segments.counters({ from: '0000-01-01', to: '9999-12-31', screen: null });

/** At most one play goes unrecorded each time an agent ends, and the next boot says that it ended so (I4). */
function checkLosses({ witness }: SimulatedDevice, fault: Fault): void {
  const unrecorded = witness.showings.filter(({ record, isRefused }) => !record && !isRefused).length;
  if (unrecorded !== witness.losses())
    fault('I4', `${unrecorded} plays have no record, ${witness.losses()} were lost when the agent ended`);
}

/** Every emergency message that stood to its end has one record; what a failing disk did not take may be missing. */
function checkMessages({ witness, player, disk }: SimulatedDevice, fault: Fault): void {
  const { messages, unwritten } = player.state();
  const told = witness.messagesTold();
  const isTold = disk.failures() > 0 ? told <= messages : told === messages - unwritten;
  if (!isTold) fault('takeover', `${told} records tell of ${messages} messages, of which ${unwritten} have no end`);
}
