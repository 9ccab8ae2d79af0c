/** Starts the process that holds a fleet's sockets, and orders it about. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The process that holds the clients, and how to order it about. */
export type FleetClients = {
  order(order: object): Promise<void>;
  armed(order: object): Promise<() => Promise<unknown>>;
  end(): Promise<void>;
};

/** Starts it. */
export function startFleetClients(): FleetClients {
  const file = fileURLToPath(new URL('./fleet-clients.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--max-old-space-size=8000', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (!child.stdin || !child.stdout) throw new Error('the clients have no pipes');
  const { stdin } = child;
  const lines: Interface = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the clients have ended')));
  ended.catch(() => undefined);
  const next = (): Promise<unknown> => Promise.race([once(lines, 'line'), ended]);
  return {
    async order(order) {
      const done = next();
      stdin.write(`${JSON.stringify(order)}\n`);
      await done;
    },
    async armed(order) {
      const armed = next();
      stdin.write(`${JSON.stringify(order)}\n`);
      await armed;
      const done = next();
      return () => done;
    },
    async end() {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
