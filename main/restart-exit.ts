/** Exit code of an agent that wants to be started again at once: EX_TEMPFAIL of sysexits.h. */
export const RESTART_EXIT = 75;
