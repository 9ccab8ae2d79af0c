/** Why a command ends early: what it says and its exit code. */
import { fail } from '../../domain/result.ts';
import { EXIT } from '../command.ts';

/** What is said on standard error, and the exit code. */
export type Stop = { message: string; exit: number };

/** Ends because of what was given. */
export const badInput = (message: string): { ok: false; error: Stop } => fail({ message, exit: EXIT.badInput });

/** Ends because of something else: a disk, a server. */
export const failed = (message: string): { ok: false; error: Stop } => fail({ message, exit: EXIT.failed });

/** What an error says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
