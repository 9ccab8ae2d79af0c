/** Power by a program of the site's own: it is run with `on` or `off` as its one word. */
import type { DisplayPower } from './display-power.ts';
import type { RunTool } from './run-tool.ts';

/** The display that `command` (a path or a name on the path, never a line for a shell) switches. */
export function commandPower(command: string, run: RunTool): DisplayPower {
  return {
    name: command,
    async set(state) {
      await run(command, [state]);
    },
  };
}
