/** A failure in the words of the person in front of the console. */
import { currentLanguage, say } from '../i18n/i18n.ts';
import { allowedInChinese } from './allowed-words.ts';
import { ApiFailure, type FailureCode } from './api-failure.ts';
import { failureTexts } from './failure-texts.ts';

/** One sentence and, where the server named them, its faults line by line. */
export type Explanation = { code: FailureCode; sentence: string; faults: string[] };

/** What went wrong, in the language spoken now. The server's own words follow where the code alone would say too little. */
export function explainFailure(thrown: unknown): Explanation {
  if (!(thrown instanceof ApiFailure)) return { code: 'internal', sentence: String(thrown), faults: [] };
  return {
    code: thrown.code,
    sentence: say(failureTexts, thrown.code),
    faults: thrown.faults.map(({ place, value, allowed }) => {
      const wanted = currentLanguage() === 'zh-CN' ? allowedInChinese(allowed) : allowed;
      return say(failureTexts, 'fault', { place, value, allowed: wanted });
    }),
  };
}
