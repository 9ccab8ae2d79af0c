/** Where exactly an agent dies, between showing a play and knowing that it is in the log. */

/** What is written on the disk, by what it means. */
export type WriteStep =
  | 'record'
  | 'seal'
  | 'drop'
  | 'pack'
  | 'settle'
  | 'answer'
  | 'believe'
  | 'receipt'
  | 'let-go'
  | 'note';

/**
 * RECORDED is `record` (a line of the open file), SEALED is `seal` (then `drop` of the open file), SENT and STORED are `send`; the answer noted is `pack`
 * (then `settle`: the sealed file goes) or `answer` (a file that is named otherwise); `ask`, `believe` (a checkpoint) and `receipt` make it LOGGED; `let-go`
 * removes a pack. `note`: settings. `before`: nothing of it was done; `torn`: half of it; `after`: all of it, and the agent never knew.
 */
export type CrashPoint = { op: WriteStep | 'send' | 'ask'; how: 'before' | 'torn' | 'after' };

const WHOLE = ['before', 'after'] as const;
const TEARABLE = ['before', 'torn', 'after'] as const;

const points = (op: CrashPoint['op'], hows: readonly CrashPoint['how'][]): CrashPoint[] =>
  hows.map((how) => ({ op, how }));

/** Every point there is. Lines are torn; whole files and names are there or not. */
export const CRASH_POINTS: readonly [CrashPoint, ...CrashPoint[]] = [
  { op: 'record', how: 'before' },
  { op: 'record', how: 'torn' },
  { op: 'record', how: 'after' },
  ...points('seal', WHOLE),
  ...points('drop', WHOLE),
  ...points('send', WHOLE),
  ...points('pack', TEARABLE),
  ...points('settle', WHOLE),
  ...points('answer', WHOLE),
  ...points('ask', WHOLE),
  ...points('believe', WHOLE),
  ...points('receipt', TEARABLE),
  ...points('let-go', WHOLE),
  ...points('note', WHOLE),
];

/** Thrown through the agent at its end; it carries no code, so nothing takes it for an error of disk or network. */
export class AgentGone extends Error {
  override readonly name = 'AgentGone';
}

/** Steps that a device takes a few times in a month: whoever is to end there has to wait for it. */
export const isSeldom = ({ op }: CrashPoint): boolean => op === 'let-go' || op === 'answer';

/** The fuse of one agent: armed for points, it ends the agent when the first of them is reached. */
export type Fuse = {
  arm(points: readonly CrashPoint[]): void;
  /** Does `act` unless the agent ends here; `tear` does half of it. */
  pass(op: CrashPoint['op'], act: () => void, tear: () => void): void;
  /** What of an operation that takes time is still to be done: `before` ends the agent at once. */
  at(op: CrashPoint['op']): CrashPoint['how'] | null;
  isBlown(): boolean;
  /** The point that ended the agent, if one did. */
  blownAt(): CrashPoint | null;
  /** The agent is gone: whatever of it is still running gets nothing done any more. */
  blow(): void;
  /** A new agent. */
  renew(): void;
};

/** A fuse that is not armed; `onBlown` hears of each point that ended an agent. */
export function createFuse(onBlown: (point: CrashPoint) => void = () => undefined): Fuse {
  let armed: readonly CrashPoint[] = [];
  let reached: CrashPoint | null = null;
  let blown = false;

  function at(op: CrashPoint['op']): CrashPoint['how'] | null {
    if (blown) throw new AgentGone('the agent is gone');
    reached = armed.find((point) => point.op === op) ?? null;
    if (reached === null) return null;
    blown = true;
    onBlown(reached);
    return reached.how;
  }

  return {
    arm: (points) => {
      armed = points;
    },
    at,
    pass(op, act, tear) {
      const how = at(op);
      if (how === null || how === 'after') act();
      if (how === 'torn') tear();
      if (how !== null) throw new AgentGone(`the agent ended ${how} ${op}`);
    },
    isBlown: () => blown,
    blownAt: () => reached,
    blow: () => {
      blown = true;
    },
    renew: () => {
      armed = [];
      reached = null;
      blown = false;
    },
  };
}
