/** A witness cosigns only what grew, and a log goes on without one that is away or lies. */
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { toBase64 } from '../../../domain/tlog/base64.ts';
import { parseCheckpoint, signatureBy } from '../../../domain/tlog/checkpoint.ts';
import { isQuorum, type Policy, parsePolicy } from '../../../domain/tlog/policy.ts';
import { formatVkey, type NoteKey, parseVkey } from '../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../server/sha256.ts';
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { silentLog } from '../../../server/stores/store-log.ts';
import { createCosigners, postByFetch } from '../../../server/tlog/cosigners.ts';
import { openLogHead } from '../../../server/tlog/log-head.ts';
import { LOG_KEY_TYPES } from '../../../server/tlog/log-service.ts';
import { openNoteKeys } from '../../../server/tlog/note-keys.ts';
import { verifyByNode } from '../../../server/tlog/raw-keys.ts';
import { openTransparencyLog, type TransparencyLog } from '../../../server/tlog/transparency-log.ts';
import { openWitness, type WitnessServer } from '../../../server/witness/witness-server.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const ORIGIN = 'town.example/log';
const NOW_S = 1_795_000_000;
const clock = { nowMs: () => NOW_S * 1000 };
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Town = { log: TransparencyLog; key: NoteKey; grow(entries: number): Promise<void> };

async function town(prefix = 'entry', folder?: string): Promise<Town> {
  const at = folder ?? (await tempFolder());
  const store = createMemoryLedger().log;
  const keys = await openNoteKeys(at, { role: 'log', name: ORIGIN, types: LOG_KEY_TYPES });
  const head = openLogHead(join(await tempFolder(), 'head'));
  // Of a log that shares its key with another one each is new to its own head.
  const log = await openTransparencyLog({
    store,
    head,
    keys: { ...keys, confirm: keys.confirm ?? (async () => {}) },
    clock,
  });
  let size = 0;
  return {
    log,
    key: keys.ed25519.note,
    async grow(entries) {
      await store.append(Array.from({ length: entries }, (_, k) => `${prefix} ${size + k}`));
      size += entries;
      while (await log.sign());
    },
  };
}

async function witnessOf(logs: NoteKey[], folder?: string): Promise<WitnessServer & { url: string; folder: string }> {
  const at = folder ?? (await tempFolder());
  const witness = await openWitness({ folder: at, name: 'inspectorate.example/w1', logs, clock });
  ends.push(() => witness.close());
  const port = await witness.listen('127.0.0.1', 0);
  return { ...witness, url: `http://127.0.0.1:${port}`, folder: at };
}

const post = (url: string, body: string): ReturnType<typeof postByFetch> => postByFetch(`${url}/add-checkpoint`, body);

async function request({ log }: Town, old: number): Promise<string> {
  const { checkpoint, proof } = await log.consistencyFrom(old);
  return `old ${old}\n${(proof ?? []).map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint}`;
}

const sizeOf = ({ log }: Town): number => parseCheckpoint(log.checkpoint())?.size ?? -1;

describe('a witness', () => {
  test('[WT1] cosigns what grew since it saw it last, with both keys and the time, also after a restart', async () => {
    const there = await town();
    let witness = await witnessOf([there.key]);
    for (const more of [3, 1, 300]) {
      const old = sizeOf(there);
      await there.grow(more);
      const answer = await post(witness.url, await request(there, old));
      expect(answer.status).toBe(200);
      const cosigned = parseCheckpoint(there.log.checkpoint() + answer.body);
      if (!cosigned) throw new Error('no checkpoint');
      for (const vkey of witness.vkeys) {
        const key = parseVkey(vkey, sha256);
        expect(key && (await signatureBy(cosigned, key, verifyByNode))).toEqual({ timeS: NOW_S });
      }
      await ends.pop()?.();
      witness = await witnessOf([there.key], witness.folder);
    }
  });

  test('[WT2] tells whoever does not know what it has seen, and signs the same size again only for the same root', async () => {
    const folder = await tempFolder();
    const there = await town('entry', folder);
    const witness = await witnessOf([there.key]);
    await there.grow(5);
    expect((await post(witness.url, await request(there, 0))).status).toBe(200);
    expect(await post(witness.url, await request(there, 0))).toMatchObject({
      status: 409,
      type: 'text/x.tlog.size',
      body: '5\n',
    });
    expect((await post(witness.url, await request(there, 5))).status).toBe(200);
    const forked = await town('other', folder);
    await forked.grow(5);
    expect(await post(witness.url, await request(forked, 5))).toMatchObject({ status: 409, body: '5\n' });
    await forked.grow(4);
    const { checkpoint, proof } = await forked.log.consistencyFrom(5);
    const lines = (proof ?? []).map((hash) => `${toBase64(hash)}\n`).join('');
    expect((await post(witness.url, `old 5\n${lines}\n${checkpoint}`)).status).toBe(422);
    await there.grow(2);
    expect((await post(witness.url, await request(there, 5))).status).toBe(200);
  });

  test('[WT3] a log it does not know, a signature that is not the log’s, and what is no request are refused', async () => {
    const there = await town();
    await there.grow(3);
    const other = await town();
    const sound = await request(there, 0);
    const stranger = await witnessOf([{ ...there.key, name: 'other.example/log' }]);
    expect((await post(stranger.url, sound)).status).toBe(404);
    const deceived = await witnessOf([other.key]);
    expect((await post(deceived.url, sound)).status).toBe(403);
    const witness = await witnessOf([there.key]);
    expect((await post(witness.url, sound.replace('\n3\n', '\n4\n'))).status).toBe(403);
    for (const wrong of ['', 'old 0', sound.replace('old 0', 'old 00'), sound.replace('old 0', 'old 4'), `x${sound}`])
      expect((await post(witness.url, wrong)).status, wrong.slice(0, 20)).toBe(400);
    expect((await post(witness.url, 'x'.repeat(300_000))).status).toBe(413);
    expect((await post(witness.url, sound)).status).toBe(200);
  });

  test('[WT4] keeps its name and key; another name or a second process on its folder is refused', async () => {
    const there = await town();
    const witness = await witnessOf([there.key]);
    const again = { folder: witness.folder, logs: [there.key], clock };
    await expect(openWitness({ ...again, name: null })).rejects.toMatchObject({ kind: 'in-use' });
    await ends.pop()?.();
    await expect(openWitness({ ...again, name: 'another' })).rejects.toThrow('inspectorate.example/w1, not of another');
    const reopened = await openWitness({ ...again, name: null });
    ends.push(() => reopened.close());
    expect(reopened.vkeys).toEqual(witness.vkeys);
    await expect(openWitness({ ...again, folder: await tempFolder(), name: null })).rejects.toThrow('needs a name');
  });
});

describe('the log asks its witnesses', () => {
  const policyOf = (text: string): Policy => {
    const policy = parsePolicy(text, sha256);
    if (!policy.ok) throw new Error(policy.error.what);
    return policy.value;
  };

  async function standing(policy: Policy, log: TransparencyLog): Promise<Set<string>> {
    const checkpoint = parseCheckpoint(log.checkpoint());
    const found = new Set<string>();
    for (const { name, key } of policy.witnesses) {
      const by = checkpoint && (await signatureBy(checkpoint, key, verifyByNode));
      if (by && by !== 'forged') found.add(name);
    }
    return found;
  }

  test('[WT5] and publishes who cosigned; one that is away or lies is passed over, and caught up with later', async () => {
    const there = await town();
    const one = await witnessOf([there.key]);
    const other = await witnessOf([there.key]);
    const liar = await witnessOf([there.key]);
    const vkeyOf = (witness: WitnessServer): string => witness.vkeys[0] ?? '';
    const text = `log ${formatVkey(there.key)}
witness one ${vkeyOf(one)} ${one.url}
witness other ${vkeyOf(other)} ${other.url}/
witness liar ${vkeyOf(liar)} ${one.url}
group any-two 2 one other liar
quorum any-two
`;
    const policy = policyOf(text);
    let isAway = true;
    const cosigners = createCosigners(
      policy,
      (url, body) =>
        isAway && url.startsWith(other.url) ? Promise.reject(new Error('no route')) : postByFetch(url, body),
      silentLog as never,
    );
    const round = async (): Promise<Set<string>> => {
      const checkpoint = there.log.checkpoint();
      const signatures = await cosigners.collect(
        checkpoint,
        async (size) => (await there.log.consistencyFrom(size)).proof,
      );
      there.log.cosigned(checkpoint, signatures);
      return await standing(policy, there.log);
    };
    await there.grow(3);
    expect(await round()).toEqual(new Set(['one']));
    expect(isQuorum(policy, new Set(['one']))).toBe(false);
    await there.grow(300);
    isAway = false;
    const found = await round();
    expect(found).toEqual(new Set(['one', 'other']));
    expect(isQuorum(policy, found)).toBe(true);
    await there.grow(1);
    const forging = createCosigners(
      policy,
      async (url, body) => {
        const answer = await postByFetch(url, body);
        // A letter in the middle of the signature, behind the key's id and the time.
        const forged = answer.body.replace(
          /^(— \S+ .{40})(.)/gmu,
          (_, head, letter) => head + (letter === 'A' ? 'B' : 'A'),
        );
        return { ...answer, body: answer.status === 200 ? forged : answer.body };
      },
      silentLog as never,
    );
    const checkpoint = there.log.checkpoint();
    const from = async (size: number): Promise<Uint8Array[] | null> => (await there.log.consistencyFrom(size)).proof;
    expect(await forging.collect(checkpoint, from)).toEqual([]);
    // What is signed behind a checkpoint with cosigners is the log's own again.
    await there.grow(1);
    expect(await standing(policy, there.log)).toEqual(new Set());
  });
});
