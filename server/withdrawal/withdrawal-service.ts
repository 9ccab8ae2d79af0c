/** Withdrawal of content: taken from every screen and cache at once, whatever is promised with it, and given back. */
import type { Media, Slogan, Withdrawable, Withdrawal } from '../../domain/catalogue/content.ts';
import type { User } from '../../domain/catalogue/organisation.ts';
import { MAX_WITHDRAWALS } from '../../protocol/catalogue.ts';
import type { CatalogueService } from '../catalogue/catalogue-service.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';

/** What is decided on a content, and why. */
export type Decision = Pick<Withdrawal, 'act' | 'reason'>;

/** What the service offers. What is withdrawn, or restored, already stays as it is. Fails with `not-found` or `not-allowed`. */
export type WithdrawalService = {
  media(id: string, decision: Decision, by: User): Promise<Media>;
  slogan(id: string, decision: Decision, by: User): Promise<Slogan>;
};

/** Makes the service. It asks no booking check: what must not be shown is not shown, and the promises say that they are short. */
export function createWithdrawalService(deps: {
  catalogue: CatalogueStore;
  edit: CatalogueService;
  clock: Clock;
  log: Log;
}): WithdrawalService {
  const { catalogue, edit, clock, log } = deps;

  const mediaOf = (id: string): Media => found(catalogue.snapshot().media.get(id), id);
  const sloganOf = (id: string): Slogan => found(catalogue.snapshot().slogans.get(id), id);

  function decided<E extends Withdrawable>(stored: E, { act, reason }: Decision, by: User): E {
    if ((stored.withdrawnAtMs !== null) === (act === 'withdrawn')) return stored;
    const atMs = clock.nowMs();
    const decision: Withdrawal = { act, reason, byUserId: by.id, byName: by.name, atMs };
    const withdrawals = [...(stored.withdrawals ?? []), decision].slice(-MAX_WITHDRAWALS);
    return { ...stored, withdrawnAtMs: act === 'withdrawn' ? atMs : null, withdrawals };
  }

  const note = (id: string, { act, reason }: Decision, by: User): void =>
    log.warn({ content: id, act, reason, by: by.login }, 'content withdrawn or restored');

  // What is stored is read when it is this change's turn, so that nothing another one writes is lost.
  return {
    async media(id, decision, by) {
      const after = await edit.put('media', mediaOf(id), by, () => [
        { op: 'put', collection: 'media', entity: decided(mediaOf(id), decision, by) },
      ]);
      note(id, decision, by);
      return after;
    },
    async slogan(id, decision, by) {
      const after = await edit.put('slogans', sloganOf(id), by, () => [
        { op: 'put', collection: 'slogans', entity: decided(sloganOf(id), decision, by) },
      ]);
      note(id, decision, by);
      return after;
    },
  };
}

function found<E>(entity: E | undefined, id: string): E {
  if (entity === undefined) throw new Failure('not-found', `there is no content ${id}`);
  return entity;
}
