/** A whole player on a manual clock before a simulated stage, with its program already stored and no server until one is given. */
import { join } from 'node:path';
import type { Program } from '../../../domain/plan/program.ts';
import { canonicalJson } from '../../../domain/proof/canonical-json.ts';
import type { ProofRecord } from '../../../domain/proof/record.ts';
import type { DurableFiles } from '../../../main/durable-files.ts';
import type { Connect } from '../../../main/link/socket-port.ts';
import type { MediaFiles } from '../../../main/media-files.ts';
import { createPlayer, type Player } from '../../../main/player.ts';
import { openSettings } from '../../../main/settings.ts';
import { sha256Hex } from '../../../main/sha256.ts';
import type { StageEvent } from '../../../protocol/stage.ts';
import type { ManualTime } from './manual-time.ts';
import { sampleCommitment, sampleProgram } from './sample-program.ts';
import { simulatedParts } from './simulated-parts.ts';

export const DATA = '/data';

export type OfflineRig = {
  player: Player;
  /** Records that this start has made durable. */
  recorded: ProofRecord[];
  /** Showings that the stage has finished. */
  shown: () => number;
  /** As a power cut: nothing more happens. */
  cut: () => void;
};

/** Writes what a player that was enrolled before has on its disk. */
export function prepareData(files: DurableFiles, data: string, program: Program): string {
  const text = canonicalJson(program);
  const hash = sha256Hex(text);
  files.replace(join(data, 'programs', `${hash}.json`), text);
  openSettings(files, join(data, 'settings.json')).change({ screen: 'screen-1', screenName: '东站', program: hash });
  return hash;
}

/** A program of slogans alone: no media to be fetched. `minPlays` of a card of 15 s are promised. */
export function cardProgram(minPlays: number, openTo = '10:00'): Program {
  const { card } = sampleProgram().manifest;
  if (card?.type !== 'card') throw new Error('no card');
  return sampleProgram({
    openingHours: [{ days: sampleCommitment().weekdays, from: '08:00', to: openTo }],
    loop: [{ item: 'filler', durationMs: 60_000 }],
    commitments: [sampleCommitment({ minPlays, items: [{ item: 'card', durationMs: 15_000, weight: 1 }] })],
    manifest: { card, filler: { ...card, sha: sha256Hex('filler'), text: '循环' } },
  });
}

/** Starts a player on `data`. Without `connect` there is no server. */
export function startOffline(
  given: { files: DurableFiles; time: ManualTime; data?: string; boot?: string; connect?: Connect } & {
    freeBytes?: () => number | null;
    mediaFiles?: MediaFiles;
  },
): OfflineRig {
  const { files, time, data = DATA, boot = 'boot-1' } = given;
  const recorded: ProofRecord[] = [];
  let isCut = false;
  let shown = 0;
  const parts = simulatedParts({ files, time, boot, isCut: () => isCut });
  const player = createPlayer({
    ...parts,
    server: 'http://127.0.0.1:1',
    data,
    mediaFiles: given.mediaFiles ?? parts.mediaFiles,
    freeBytes: given.freeBytes ?? parts.freeBytes,
    mediaSource: () => ({
      media: () => Promise.reject(new Error('no server')),
      program: () => Promise.reject(new Error('no server')),
      handOver: () => Promise.reject(new Error('no server')),
    }),
    connect: given.connect ?? (() => Promise.reject(new Error('no server'))),
    stage: {
      ...parts.stage,
      onEvent: (listener: (event: StageEvent) => void) =>
        parts.stage.onEvent((event) => {
          if (event.type === 'finished') shown += 1;
          listener(event);
        }),
    },
    onRecord: (record) => recorded.push(record),
  });
  player.start();
  return {
    player,
    recorded,
    shown: () => shown,
    cut: () => {
      isCut = true;
    },
  };
}
