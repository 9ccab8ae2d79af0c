/** A witness as an HTTP service: `POST /add-checkpoint`, and its keys for whoever wants to name them in a policy. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FastifyInstance, fastify } from 'fastify';
import { hex } from '../../domain/proof/segment.ts';
import { formatVkey, KEY_TYPES, type NoteKey } from '../../domain/tlog/signed-note.ts';
import type { Clock } from '../clock.ts';
import { sha256 } from '../sha256.ts';
import { makeFolder, replaceFile } from '../stores/durable-file.ts';
import { lockFolder } from '../stores/folder-lock.ts';
import { errnoOf, StoreError } from '../stores/store-error.ts';
import { openNoteKeys } from '../tlog/note-keys.ts';
import { createWitness, type WitnessMemory } from './witness.ts';

/** A request has two notes' worth of signatures and a proof at most. */
const BODY_LIMIT = 256 * 1024;

/** A witness that is being served. */
export type WitnessServer = {
  /** Its keys in the form in which a policy names a witness. */
  vkeys: string[];
  /** Starts to listen; gives the port in use. Rejects with the system's error. */
  listen(host: string, port: number): Promise<number>;
  close(): Promise<void>;
};

/**
 * Opens the witness of `folder`, which is made where it is missing, for the logs with those keys. `name`: of a new witness. Rejects with `StoreError`: `in-use`, and as
 * {@link openNoteKeys}.
 */
export async function openWitness(deps: {
  folder: string;
  name: string | null;
  logs: readonly NoteKey[];
  clock: Clock;
}): Promise<WitnessServer> {
  const { folder, name, logs, clock } = deps;
  await makeFolder(join(folder, 'logs'), 0o700);
  const lock = lockFolder(join(folder, 'witness.lock'), folder);
  try {
    const types = { ed25519: KEY_TYPES.cosignEd25519, mlDsa44: KEY_TYPES.cosignMlDsa44 };
    const keys = await openNoteKeys(folder, { role: 'witness', name, types });
    if (keys.confirm && name === null) throw new StoreError('faulty', 'a new witness needs a name');
    await keys.confirm?.();
    const witness = createWitness({ keys, logs, memory: memoryIn(join(folder, 'logs')), clock });
    const app = serve(witness.addCheckpoint);
    return {
      vkeys: [keys.ed25519, keys.mlDsa44].map(({ note }) => formatVkey(note)),
      async listen(host, port) {
        await app.listen({ host, port });
        const address = app.server.address();
        return typeof address === 'object' && address !== null ? address.port : port;
      },
      async close() {
        await app.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function serve(addCheckpoint: ReturnType<typeof createWitness>['addCheckpoint']): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  // Clients send no agreed type; the body is text whatever they call it.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/add-checkpoint', async (request, reply) => {
    const answer = await addCheckpoint(typeof request.body === 'string' ? request.body : '');
    return reply
      .status(answer.status)
      .type(answer.type ?? 'text/plain; charset=utf-8')
      .send(answer.body);
  });
  return app;
}

/** One file a log, replaced in one step and on the disk before the witness signs. */
function memoryIn(folder: string): WitnessMemory {
  const pathOf = (origin: string): string => join(folder, `${hex(sha256(origin))}.checkpoint`);
  return {
    async last(origin) {
      try {
        return await readFile(pathOf(origin), 'utf8');
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    remember: (origin, checkpoint) => replaceFile(pathOf(origin), checkpoint),
  };
}
