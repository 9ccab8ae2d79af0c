/** Which queries a change touches, and in which language the console speaks. */
import { describe, expect, it } from 'vitest';
import { CHANGE_TOPICS } from '../../../protocol/console-link.ts';
import { API } from '../../../protocol/http/api.ts';
import { pathsChangedBy, pathsOfTopics } from '../../../renderer/console/api/affected-paths.ts';
import { pickLanguage } from '../../../renderer/console/i18n/languages.ts';

describe('freshness', () => {
  it('[C5] every topic of change refreshes at least one view', () => {
    for (const topic of CHANGE_TOPICS) expect(pathsOfTopics([topic]), topic).not.toEqual([]);
  });

  it('[C5] topics that share a view refresh it once', () => {
    const paths = pathsOfTopics(['screens', 'today', 'screens']);
    expect(paths).toHaveLength(new Set(paths).size);
    expect(paths).toContain(API.screenDay.path);
  });

  it('[C5] whatever a booking depends on has it checked anew', () => {
    for (const topic of ['screens', 'playlists', 'campaigns', 'media', 'slogans'] as const) {
      expect(pathsOfTopics([topic]), topic).toContain(API.checkCampaign.path);
    }
  });

  it('[C6] every changing route but those of the session refreshes its own list', () => {
    for (const route of Object.values(API)) {
      if (route.method === 'GET' || /setup|session|check/.test(route.path)) continue;
      const list = `/api/${route.path.split('/')[2]}`;
      expect(pathsChangedBy(route.path), route.path).toContain(list);
    }
  });
});

describe('language', () => {
  it('[C2] the first known language of the browser decides', () => {
    expect(pickLanguage(null, ['zh-TW', 'en'])).toBe('zh-CN');
    expect(pickLanguage(null, ['en-GB', 'zh-CN'])).toBe('en');
    expect(pickLanguage(null, ['fr', 'zh'])).toBe('zh-CN');
    expect(pickLanguage(null, ['fr'])).toBe('en');
  });

  it('[C2] a choice made before stands above the browser; one it does not know is passed over', () => {
    expect(pickLanguage('en', ['zh-CN'])).toBe('en');
    expect(pickLanguage('de', ['zh-CN'])).toBe('zh-CN');
  });
});
