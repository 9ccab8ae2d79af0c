/** A player as it runs on a screen: its supervisor, its agent and what shows the page, each a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlayRecord } from '../../domain/proof/record.ts';
import { recordSchema } from '../../protocol/proof.ts';
import type { Ledger } from '../../server/stores/ledger-store.ts';

const XUNBO = fileURLToPath(new URL('../../cli/xunbo.js', import.meta.url));

/** A running player. */
export type RealPlayer = {
  data: string;
  /** Process ids: the agent's, and those of the browser's pages. */
  agentPid(): number | undefined;
  pagePids(): number[];
  /** The browser's first process, then what it has started. */
  browserPids(): number[];
  /** Electron's main process, which is the agent there. */
  electronPid(): number | undefined;
  output(): string;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
};

/** Starts a player of the server at `url` that enrols with `token`, in a headless Chromium unless its `words` say otherwise. */
export async function startRealPlayer(
  url: string,
  token: string,
  words: readonly string[] = ['--shell', 'chromium', '--headless'],
  env: Readonly<Record<string, string>> = {},
): Promise<RealPlayer> {
  const data = await mkdtemp(join(tmpdir(), 'xunbo-player-'));
  const child: ChildProcess = spawn(process.execPath, [XUNBO, 'player', '--server', url, '--data', data, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env, XUNBO_ENROL_TOKEN: token },
  });
  let printed = '';
  child.stderr?.on('data', (chunk) => {
    printed += String(chunk);
  });
  const tree = (): number[] => (child.pid === undefined ? [] : startedBy(child.pid));
  return {
    data,
    agentPid: () => tree().find((pid) => commandOf(pid).includes('player-agent') || commandOf(pid).includes(data)),
    pagePids: () => tree().filter((pid) => commandOf(pid).includes('--type=renderer')),
    browserPids: () => tree().filter((pid) => commandOf(pid).includes('--remote-debugging-pipe')),
    electronPid: () => tree().find((pid) => commandOf(pid).includes('main.cjs')),
    output: () => printed,
    async remove() {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit');
        child.kill('SIGTERM');
        await exit;
      }
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** All processes that `root` has started and that live, oldest generation first. */
function startedBy(root: number): number[] {
  try {
    const children = readFileSync(`/proc/${root}/task/${root}/children`, 'utf8').trim();
    const pids = children === '' ? [] : children.split(' ').map(Number);
    return [...pids, ...pids.flatMap(startedBy)];
  } catch {
    return [];
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Every play of a screen in the ledger, oldest first. */
export async function provenPlays(ledger: Ledger, screen: string): Promise<PlayRecord[]> {
  const plays: PlayRecord[] = [];
  for await (const { body } of ledger.segments.segments({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, screen })) {
    for (const line of body.trim().split('\n')) {
      const record = recordSchema.parse(JSON.parse(line));
      if (record.kind === 'play') plays.push(record);
    }
  }
  return plays.sort((a, b) => a.t0 - b.t0);
}
