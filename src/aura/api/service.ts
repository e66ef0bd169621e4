import type { Service } from '../../core/http/request-error.ts';
import { readComplaints } from './complaints.ts';
import { userAgent } from './user-agent.ts';

/** The Aura API, for requests and messages about them. */
export const aura: Service = {
  name: 'Aura',
  userAgent,
  readComplaints,
  // The gateway, which checks the token, gives no reason. Source: seen live; official client code.
  refusesUser: (complaints) => complaints.some(({ reason }) => reason === 'unauthorized'),
};
