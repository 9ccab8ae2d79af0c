/** Power by `wlr-randr`, for Wayland compositors that speak wlr-output-management. */
import type { DisplayPower } from './display-power.ts';
import type { RunTool } from './run-tool.ts';

/** All outputs of the compositor. */
export function wlrRandrPower(executable: string, run: RunTool): DisplayPower {
  return {
    name: 'wlr-randr',
    async set(state) {
      // Names stand at the beginning of a line, all about them is indented.
      const listed = await run(executable, []);
      const outputs = listed.split('\n').flatMap((line) => /^(\S+)/.exec(line)?.[1] ?? []);
      if (outputs.length === 0) throw new Error('wlr-randr lists no output');
      for (const output of outputs) await run(executable, ['--output', output, `--${state}`]);
    },
  };
}
