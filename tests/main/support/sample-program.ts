/** Programs for tests: one screen, open every day. */
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { contentHash } from '../../../domain/proof/segment.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';
import type { ActiveProgram } from '../../../main/engine/cue.ts';
import { sha256, sha256Hex } from '../../../main/sha256.ts';
import { NO_LIMITS } from '../../helpers/no-limits.ts';

export const ZONE = 'Asia/Shanghai';

export function sampleCommitment(part: Partial<ProgramCommitment> = {}): ProgramCommitment {
  return {
    id: 'c1',
    campaign: 'campaign-1',
    from: '2026-01-01',
    to: '2027-12-31',
    weekdays: [...WEEKDAYS],
    dayParts: [],
    items: [{ item: 'film-a', durationMs: 15_000, weight: 1 }],
    minPlays: 20,
    ...NO_LIMITS,
    exactTimes: [],
    separation: null,
    scope: 'screen',
    minConsecutiveDays: null,
    priority: 0,
    frontLoad: 0.75,
    ...part,
  };
}

export function sampleProgram(part: Partial<Program> = {}): Program {
  const film = (name: string, durationMs: number) => ({
    type: 'video' as const,
    sha: sha256Hex(name),
    bytes: 1000,
    mime: 'video/mp4',
    durationMs,
    name,
  });
  return {
    format: 'xunbo/program/v1',
    timeZone: ZONE,
    openingHours: [{ days: [...WEEKDAYS], from: '08:00', to: '10:00' }],
    loop: [
      { item: 'film-b', durationMs: 12_000 },
      { item: 'card', durationMs: 8000 },
    ],
    ticker: [],
    commitments: [sampleCommitment()],
    manifest: {
      'film-a': film('film-a', 15_000),
      'film-b': film('film-b', 12_000),
      card: { type: 'card', sha: sha256Hex('card'), text: '您好', textEn: 'Hello', theme: 'red', name: 'card' },
    },
    ...part,
  };
}

export function activate(program: Program): ActiveProgram {
  return { program, hash: contentHash(program, sha256), manifestHash: contentHash(program.manifest, sha256) };
}
