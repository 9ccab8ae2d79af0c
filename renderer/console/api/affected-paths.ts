/** Which queries a change concerns: change topics and changing routes to the paths whose answers they touch. */
import type { ChangeTopic } from '../../../protocol/console-link.ts';
import { API } from '../../../protocol/http/api.ts';

const { path: screenDay } = API.screenDay;
const { path: endorsement } = API.screenEndorsement;
const { path: bookingCheck } = API.checkCampaign;

const PATHS_OF_TOPIC: Record<ChangeTopic, readonly string[]> = {
  units: [API.units.path, endorsement],
  sites: [API.sites.path],
  screens: [API.screens.path, screenDay, endorsement, API.enrolments.path, bookingCheck],
  media: [API.media.path, bookingCheck],
  slogans: [API.slogans.path, bookingCheck],
  streams: [API.streams.path],
  playlists: [API.playlists.path, bookingCheck],
  campaigns: [API.campaigns.path, bookingCheck, API.flights.path],
  takeovers: [API.takeovers.path],
  users: [API.users.path, API.session.path],
  today: [API.today.path, API.targetDays.path, screenDay, API.verdicts.path, API.plays.path, API.flights.path],
  incidents: [API.incidents.path, API.screens.path],
  jobs: [API.jobs.path],
};

/** First word after `/api/` of a changing route → topics whose views it changes. */
const TOPICS_OF_RESOURCE: Record<string, readonly ChangeTopic[]> = {
  users: ['users'],
  units: ['units', 'screens', 'today'],
  sites: ['sites', 'screens'],
  screens: ['screens', 'today', 'incidents'],
  enrolments: ['screens'],
  playlists: ['playlists', 'screens'],
  media: ['media'],
  uploads: ['media'],
  slogans: ['slogans'],
  streams: ['streams'],
  campaigns: ['campaigns', 'today'],
  takeovers: ['takeovers', 'screens'],
  jobs: ['jobs'],
};

/** Paths of the queries that `topics` concern, each once. */
export function pathsOfTopics(topics: readonly ChangeTopic[]): string[] {
  return [...new Set(topics.flatMap((topic) => PATHS_OF_TOPIC[topic]))];
}

/** Paths of the queries that a successful call of the changing route `path` concerns. */
export function pathsChangedBy(path: string): string[] {
  return pathsOfTopics(TOPICS_OF_RESOURCE[path.split('/')[2] ?? ''] ?? []);
}
