/** Finds how the display of this machine can be switched. */
import { cecClientPower, cecCtlPower } from './cec-power.ts';
import { commandPower } from './command-power.ts';
import type { DisplayPower } from './display-power.ts';
import { findTool, type ToolPath } from './find-tool.ts';
import type { RunTool } from './run-tool.ts';
import { wlrRandrPower } from './wlr-randr-power.ts';
import { xsetPower } from './xset-power.ts';

/** What is asked for by `--display-command` and `--backdrop-command`: a program of the site's own, or one of these words. */
export const DISPLAY_WORDS = { auto: 'auto', none: 'none' } as const;

/** What is looked at. `exists`: whether there is a file or device of this path. */
export type DisplayMachine = ToolPath & { exists: (path: string) => boolean; run: RunTool };

/** Adapters of the kernel (`cec-ctl`), and serial ones that libCEC drives. */
const CEC_DEVICES = ['/dev/cec0', '/dev/cec1'];
const CEC_ADAPTERS = [...CEC_DEVICES, '/dev/ttyACM0'];

/**
 * The power of the display: `command` names a program, `none` leaves the display alone, `auto` takes the first of `wlr-randr` (under Wayland), `xset` (under X11),
 * `cec-ctl` and `cec-client` (with an adapter) that is on the path. Null where there is none.
 */
export function findDisplayPower(command: string, machine: DisplayMachine): DisplayPower | null {
  const { env, exists, run } = machine;
  if (command === DISPLAY_WORDS.none) return null;
  if (command !== DISPLAY_WORDS.auto) return commandPower(command, run);
  const find = (name: string): string | undefined => findTool(name, machine);
  const wlrRandr = env.WAYLAND_DISPLAY ? find('wlr-randr') : undefined;
  if (wlrRandr !== undefined) return wlrRandrPower(wlrRandr, run);
  const xset = env.DISPLAY ? find('xset') : undefined;
  if (xset !== undefined) return xsetPower(xset, run);
  const cecCtl = find('cec-ctl');
  const device = CEC_DEVICES.find(exists);
  if (cecCtl !== undefined && device !== undefined) return cecCtlPower(cecCtl, device, run);
  const cecClient = CEC_ADAPTERS.some(exists) ? find('cec-client') : undefined;
  return cecClient === undefined ? null : cecClientPower(cecClient, run);
}
