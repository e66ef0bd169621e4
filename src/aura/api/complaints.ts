import type { Complaint } from '../../core/http/request-error.ts';

/**
 * Reads an error body. Aura's own services send `{"errors":[{message, reason}]}`, its gateway
 * `{"error": "…"}`; 5xx can be text, HTML or empty. Source: Aura API v1 specification and clients.
 */
export function readComplaints(body: string): readonly Complaint[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [];
  }
  if (typeof parsed !== 'object' || parsed === null) return [];
  if ('error' in parsed && typeof parsed.error === 'string') {
    return [{ message: parsed.error, reason: undefined }];
  }
  if (!('errors' in parsed) || !Array.isArray(parsed.errors)) return [];
  return parsed.errors.slice(0, 5).flatMap((entry: unknown): Complaint[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const message = 'message' in entry && typeof entry.message === 'string' ? entry.message : '';
    const reason = 'reason' in entry && typeof entry.reason === 'string' ? entry.reason : undefined;
    return message === '' && reason === undefined ? [] : [{ message, reason }];
  });
}
