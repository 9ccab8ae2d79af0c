/** The dialog that asks for the reason of a change that breaks promises; nothing while none waits for one. */
import { OverrideDialog } from './override-dialog.tsx';
import type { ChangeOverride } from './use-change-override.ts';

/** `override`: of {@link useChangeOverride}. */
export function ChangeOverrideDialog({ override }: { override: ChangeOverride }) {
  if (!override.asked) return null;
  return (
    <OverrideDialog
      of="change"
      booking={override.asked.booking}
      firstReason=""
      isChecking={override.asked.isChecking}
      isSaving={override.isSaving}
      failure={override.failure}
      onSave={(reason) => void override.saveAnyway(reason)}
      onClose={override.forget}
    />
  );
}
