/** From the text of a plan request to what the planner takes, or everything that is wrong with it. */
import { fail, ok, type Result } from '../domain/result.ts';
import { faultLine, type PlanInput, readPlanRequest } from '../protocol/plan-request.ts';

/** What is wrong with a request, for people (`message`, one line a fault) and programs (`code`, `faults`). */
export type RequestError = {
  code: 'not-json' | 'bad-request';
  message: string;
  faults: { place: string; value: string; allowed: string }[];
};

/** Reads a plan request from its text. */
export function parsePlanRequest(request: string): Result<PlanInput, RequestError> {
  let json: unknown;
  try {
    json = JSON.parse(request);
  } catch (error) {
    const message = `not JSON: ${error instanceof Error ? error.message : String(error)}`;
    return fail({ code: 'not-json', message, faults: [] });
  }
  const input = readPlanRequest(json);
  if (input.ok) return ok(input.value);
  return fail({ code: 'bad-request', message: input.error.map(faultLine).join('\n'), faults: input.error });
}
