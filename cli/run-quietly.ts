/** Runs a program while this process goes on with its work. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Whether `command` ended well within its time; what it prints as an error is shown, the rest is not. */
export async function runQuietly(
  command: string,
  words: readonly string[],
  options: { timeoutMs?: number; env?: NodeJS.ProcessEnv; showErrors?: boolean } = {},
): Promise<boolean> {
  const { timeoutMs, env = process.env, showErrors = false } = options;
  const child = spawn(command, words, {
    stdio: ['ignore', 'ignore', showErrors ? 'inherit' : 'ignore'],
    env,
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });
  try {
    const [code] = await once(child, 'exit');
    return code === 0;
  } catch {
    return false;
  }
}
