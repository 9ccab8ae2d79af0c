/** Screens as people see them: settings, player, what they are doing now, open troubles. */
import type { Device, Screen } from '../../domain/catalogue/organisation.ts';
import type { ScreenView } from '../../protocol/http/views.ts';
import type { Services } from '../services.ts';

type ViewSources = Pick<Services, 'catalogue' | 'fleet' | 'planning' | 'incidents'>;

/** The view of one screen. */
export function viewScreen(screen: Screen, sources: ViewSources): ScreenView {
  const [view] = viewScreens([screen], sources);
  if (!view) throw new Error('one screen gives one view');
  return view;
}

/** The views of some screens, in their order. */
export function viewScreens(screens: readonly Screen[], sources: ViewSources): ScreenView[] {
  const { catalogue, fleet, planning, incidents } = sources;
  const active = new Map<string, Device>();
  for (const device of catalogue.snapshot().devices.values()) {
    if (device.retiredAtMs === null) active.set(device.screenId, device);
  }
  return screens.map((screen) => {
    const device = active.get(screen.id);
    return {
      ...screen,
      device: device ? { id: device.id, enrolledAtMs: device.enrolledAtMs, assurance: device.assurance } : null,
      ...fleet.live(screen.id),
      program: planning.programOf(screen.id)?.hash ?? null,
      incidents: incidents.openOf(screen.id),
    };
  });
}
