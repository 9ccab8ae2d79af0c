/** Where exactly an agent dies, between showing a play and knowing that the server has it. */

/**
 * RECORDED is `append`, SEALED is `seal` (then `drop` of the open file), SENT and STORED are `send`, the answer noted is `settle`.
 * `before`: nothing of it was done; `torn`: half a line; `after`: all of it, and the agent never knew.
 */
export type CrashPoint = { op: 'append' | 'seal' | 'drop' | 'send' | 'settle'; how: 'before' | 'torn' | 'after' };

/** Thrown through the agent at its end; it carries no code, so nothing takes it for an error of disk or network. */
export class AgentGone extends Error {
  override readonly name = 'AgentGone';
}

/** The fuse of one agent: armed for a point, it ends the agent when that is reached. */
export type Fuse = {
  arm(point: CrashPoint): void;
  /** Does `act` unless the agent ends here; `tear` does half of it. */
  pass(op: CrashPoint['op'], act: () => void, tear?: () => void): void;
  /** What of an operation that takes time is still to be done: `before` ends the agent at once. */
  at(op: CrashPoint['op']): CrashPoint['how'] | null;
  isBlown(): boolean;
  /** The agent is gone: whatever of it is still running gets nothing done any more. */
  blow(): void;
  /** A new agent. */
  renew(): void;
};

/** A fuse that is not armed. */
export function createFuse(): Fuse {
  let armed: CrashPoint | null = null;
  let blown = false;

  function at(op: CrashPoint['op']): CrashPoint['how'] | null {
    if (blown) throw new AgentGone('the agent is gone');
    if (armed?.op !== op) return null;
    const { how } = armed;
    armed = null;
    blown = true;
    return how;
  }

  return {
    arm: (point) => {
      armed = point;
    },
    at,
    pass(op, act, tear) {
      const how = at(op);
      if (how === null || how === 'after') act();
      if (how === 'torn') tear?.();
      if (how !== null) throw new AgentGone(`the agent ended ${how} ${op}`);
    },
    isBlown: () => blown,
    blow: () => {
      blown = true;
    },
    renew: () => {
      armed = null;
      blown = false;
    },
  };
}
