/** Tells from a media element's error whether the file could not be fetched, not be decoded, or is of a kind that does not play. */
import { StageFailure } from '../stage/stage-failure.ts';

/** A media error as the element gives it, and the HTTP status of the address where that was asked for (null: no answer). */
export type FilmError = { code: number; message: string; httpStatus: number | null | 'not-asked' };

/** The failure to report. Codes: 1 aborted, 2 network, 3 decode, 4 source not supported (HTML standard, MediaError). */
export function filmFailure(error: FilmError): StageFailure {
  const said = error.message === '' ? `media error ${error.code}` : error.message;
  if (error.code === 1 || error.code === 2) return new StageFailure('load', said);
  if (error.code === 3) return new StageFailure('decode', said);
  if (error.httpStatus === null) return new StageFailure('load', `no answer for the film: ${said}`);
  if (typeof error.httpStatus === 'number' && error.httpStatus >= 400) {
    return new StageFailure('load', `HTTP ${error.httpStatus} for the film`);
  }
  if (/NO_SUPPORTED_STREAMS|UNSUPPORTED|no compatible source/i.test(said)) {
    return new StageFailure('unsupported', `no track of the film plays in this browser: ${said}`);
  }
  return new StageFailure('decode', `the file cannot be read as a film: ${said}`);
}
