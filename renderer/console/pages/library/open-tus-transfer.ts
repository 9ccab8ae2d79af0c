/** Sends one file by the tus protocol: in pieces, taking up again where a connection, or the page, was lost. */
import { DetailedError, Upload } from 'tus-js-client';
import { mediaSchema } from '../../../../protocol/catalogue.ts';
import { wireErrorSchema } from '../../../../protocol/errors.ts';
import { UPLOAD_PATH } from '../../../../protocol/http/api.ts';
import { ApiFailure } from '../../api/api-failure.ts';
import { nameOfFile } from './name-of-file.ts';
import type { OpenTransfer } from './upload-queue.ts';

const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000];
const DISK_FULL = 507;

/** Prepares the transfer of a file; nothing is sent before `start`. */
export const openTusTransfer: OpenTransfer = (file, unitId, events) => {
  let known = false;
  const upload = new Upload(file, {
    endpoint: UPLOAD_PATH,
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_DELAYS_MS,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, name: nameOfFile(file.name), unitId },
    onShouldRetry: (error) => mayRetry(error),
    onProgress: (sentBytes) => events.onProgress(sentBytes),
    onSuccess({ lastResponse }) {
      const parsed = mediaSchema.safeParse(jsonOf(lastResponse.getBody()));
      events.onDone(parsed.success ? parsed.data : null);
    },
    onError(error) {
      events.onFailed(failureOf(error), error instanceof DetailedError ? mayRetry(error) : true);
    },
  });

  async function begin(): Promise<void> {
    if (!known) {
      known = true;
      const [previous] = await upload.findPreviousUploads();
      if (previous?.metadata.unitId === unitId) upload.resumeFromPreviousUpload(previous);
    }
    upload.start();
  }

  return {
    start: () => void begin(),
    pause: () => void upload.abort(),
    cancel: () => void upload.abort(upload.url !== null).catch(() => undefined),
  };
};

function mayRetry(error: DetailedError): boolean {
  const status = error.originalResponse?.getStatus() ?? 0;
  return status === 0 || status === 409 || status === 423 || (status >= 500 && status !== DISK_FULL);
}

function failureOf(error: Error | DetailedError): Error {
  const answer = error instanceof DetailedError ? error.originalResponse : null;
  if (!answer) return new ApiFailure('unreachable', error.message);
  const parsed = wireErrorSchema.safeParse(jsonOf(answer.getBody()));
  if (parsed.success)
    return new ApiFailure(parsed.data.error.code, parsed.data.error.message, parsed.data.error.faults);
  const codes: Record<number, 'not-signed-in' | 'not-allowed' | 'too-large' | 'disk-full'> = {
    401: 'not-signed-in',
    403: 'not-allowed',
    413: 'too-large',
    [DISK_FULL]: 'disk-full',
  };
  return new ApiFailure(codes[answer.getStatus()] ?? 'upload-incomplete', error.message);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
