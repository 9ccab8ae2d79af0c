/** Checks one incoming command against its schema; what does not fit is answered with `failed` where it names a slot. */
import type { StageCommand, StageEvent } from '../../../protocol/stage.ts';

type Parsed = { success: true; data: StageCommand } | { success: false; error: { message: string } };

/** The command, or null when `raw` is none; `parse` is the schema's safe parser. Never throws. */
export function readCommand(
  raw: unknown,
  parse: (value: unknown) => Parsed,
  send: (event: StageEvent) => void,
): StageCommand | null {
  const parsed = parse(raw);
  if (parsed.success) return parsed.data;
  const detail = `the command fits no schema of this page: ${parsed.error.message}`.replace(/\s+/g, ' ').slice(0, 500);
  console.error(detail);
  const id = slotIdOf(raw);
  if (id !== null) send({ type: 'failed', id, reason: 'unsupported', detail });
  return null;
}

function slotIdOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
  const id = raw.id;
  return typeof id === 'string' && id.length > 0 && id.length <= 120 ? id : null;
}
