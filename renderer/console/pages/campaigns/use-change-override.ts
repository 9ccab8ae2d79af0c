/** Saving what promises stand on: where they would break the server refuses, and the change is sent again with a reason. */
import { useState } from 'react';
import type { z } from 'zod';
import { API } from '../../../../protocol/http/api.ts';
import type { catalogueChangeSchema } from '../../../../protocol/http/change-api.ts';
import type { Booking } from '../../../../protocol/http/views.ts';
import { ApiFailure } from '../../api/api-failure.ts';
import { callApi } from '../../api/call-api.ts';

/** A change as it is checked, and how it is sent. */
export type OverridableChange = {
  change: z.input<typeof catalogueChangeSchema>;
  send: (overrideReason?: string) => Promise<void>;
};

/** `asked`: the change that waits for a reason, with what is known of the conflicts once that `isChecking` no more; `failure`: of sending it with one. */
export type ChangeOverride = {
  asked: { booking: Booking | null; isChecking: boolean } | null;
  isSaving: boolean;
  failure: Error | null;
  save(change: OverridableChange): Promise<void>;
  saveAnyway(reason: string): Promise<void>;
  forget(): void;
};

/** Sends changes; failures other than a misfit are the sender's own to show. */
export function useChangeOverride(): ChangeOverride {
  const [waiting, setWaiting] = useState<({ of: OverridableChange } & NonNullable<ChangeOverride['asked']>) | null>(
    null,
  );
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);

  async function ask(of: OverridableChange): Promise<void> {
    setWaiting({ of, booking: null, isChecking: true });
    const booking = await callApi(API.checkChange, { body: of.change }).catch(() => null);
    // Whoever has gone back to the form meanwhile is not asked again.
    setWaiting((now) => (now?.of === of ? { of, booking, isChecking: false } : now));
  }

  return {
    asked: waiting,
    isSaving,
    failure,
    async save(of) {
      try {
        await of.send();
      } catch (thrown) {
        if (thrown instanceof ApiFailure && thrown.code === 'does-not-fit') await ask(of);
      }
    },
    async saveAnyway(reason) {
      if (!waiting) return;
      setSaving(true);
      setFailure(null);
      try {
        await waiting.of.send(reason);
        setWaiting(null);
      } catch (thrown) {
        setFailure(thrown instanceof Error ? thrown : new Error(String(thrown)));
      } finally {
        setSaving(false);
      }
    },
    forget() {
      setWaiting(null);
      setFailure(null);
    },
  };
}
