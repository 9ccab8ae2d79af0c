/** A virtual display of its own for a test that opens real windows. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A running display: `name` goes into DISPLAY. */
export type VirtualDisplay = { name: string; close(): Promise<void> };

/** Starts an X server of that size on the first free number; rejects where there is none to start. */
export async function startVirtualDisplay(size = '1920x1080'): Promise<VirtualDisplay> {
  // It forgets nothing when its last window goes, as a display with a session of its own does not.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pipe = server.stdio[3];
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    pipe?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return {
    name: `:${number}`,
    async close() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exit = once(server, 'exit');
      server.kill();
      await exit;
    },
  };
}
