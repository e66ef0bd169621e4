import type { Service } from '../../core/http/request-error.ts';
import { readComplaints } from './complaints.ts';
import { userAgent } from './user-agent.ts';

/** The Aura API, for requests and messages about them. */
export const aura: Service = { name: 'Aura', userAgent, readComplaints };
