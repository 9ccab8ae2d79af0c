/**
 * A whole player on a simulated stage in fast time, until it is killed. What its stage truly showed stands in a file of its own. Prints a line for
 * every showing that has ended, before the agent knows. Arguments: server, data folder, file of the truth, number of this life, enrolment token, beginning of time.
 */
import { openSync, writeSync } from 'node:fs';
import { lockDataFolder } from '../../main/data-lock.ts';
import { createMediaSource } from '../../main/media-source.ts';
import { createPlayer } from '../../main/player.ts';
import { createSimulatedStage } from '../../main/simulated-stage.ts';
import { socketPlayerDeps } from '../main/support/socket-player.ts';
import { createEye } from './support/agent-truth.ts';
import { fastTime } from './support/fast-time.ts';

const [server = '', data = '', truth = '', life = '0', enrolToken = '', fromMs = '0', machineMs = '0'] =
  process.argv.slice(2);
const { raw, timers } = fastTime(Number(fromMs), Number(machineMs));
const fd = openSync(truth, 'a');
await lockDataFolder(data);
const stage = createSimulatedStage(timers, raw.monoMs);
// The player's clock begins where it is first looked at. An eye that began by itself may have begun long before, on a machine that is busy.
let startM: number | null = null;
const monoMs = (): number => {
  const m = raw.monoMs();
  startM ??= m;
  return m;
};
const boot = `life-${life}`;
const eye = createEye(
  boot,
  () => raw.monoMs() - (startM ?? 0),
  (line) => writeSync(fd, line),
);
const player = createPlayer({
  ...socketPlayerDeps(server, data),
  enrolToken: enrolToken === '' ? null : enrolToken,
  raw: { ...raw, monoMs },
  timers,
  newId: () => boot,
  mediaSource: (token) => createMediaSource(server, token, timers),
  build: 'crash-simulated',
  stage: {
    ...stage,
    onEvent: (listener) =>
      stage.onEvent((event) => {
        // The eye sees what was shown before the agent hears of it.
        eye(event);
        if (event.type === 'finished') writeSync(1, 'shown\n');
        listener(event);
      }),
  },
});
player.start();
process.once('SIGTERM', () => {
  void player.stop().then(() => process.exit(0));
});
