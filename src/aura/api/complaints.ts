import * as v from 'valibot';
import type { Complaint } from '../../core/http/request-error.ts';
import { lenient, readJson } from '../../core/json.ts';

const errorBody = v.object({
  error: lenient(v.string()),
  /** Of a gateway; only if there is nothing else. */
  message: lenient(v.string()),
  errors: v.fallback(v.array(v.unknown()), []),
});

const complaint = v.fallback(
  v.union([
    v.object({ message: v.fallback(v.string(), ''), reason: lenient(v.string()) }),
    v.pipe(
      v.string(),
      v.transform((message) => ({ message, reason: undefined })),
    ),
  ]),
  { message: '', reason: undefined },
);

/**
 * Reads an error body. Aura's own services send `{"errors":[{message, reason}]}`, its gateway
 * `{"error": "…"}`; 5xx can be text, HTML or empty. Source: Aura API v1 specification and clients.
 */
export function readComplaints(body: string): readonly Complaint[] {
  const { error, message: text = '', errors = [] } = readJson(errorBody, body) ?? {};
  if (error !== undefined) return [{ message: error, reason: undefined }];
  const found = errors
    .slice(0, 5)
    .map((entry) => v.parse(complaint, entry))
    .filter(({ message, reason }) => message !== '' || reason !== undefined);
  return found.length === 0 && text !== '' ? [{ message: text, reason: undefined }] : found;
}
