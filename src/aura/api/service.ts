import type { Service } from '../../core/http/request-error.ts';
import { readComplaints } from './complaints.ts';

/** The Aura API, for requests and messages about them. */
export const aura: Service = { name: 'Aura', userAgent: 'aura-action', readComplaints };
