/** Names of the two Electron IPC channels of the stage's bridge; a file of its own, so that a preload script need load nothing else. */
export const STAGE_CHANNELS = { command: 'stage:command', event: 'stage:event' } as const;
