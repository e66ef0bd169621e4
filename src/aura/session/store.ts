import { userAgent } from '../api/user-agent.ts';
import { shelf } from '../credentials/shelf.ts';
import type { StoreOptions } from '../../core/github/deployment-requests.ts';
import {
  type DeploymentStore,
  createDeploymentStore,
  noStore,
} from '../../core/github/deployments.ts';
import { type RunEvent, branchOf } from '../../core/github/event.ts';
import { certificatesIgnored, isLoopback } from '../../core/http/certificates.ts';
import type { Secret } from '../../core/secrets/secret.ts';
import type { Patience } from '../../core/time/patience.ts';
import { githubUrl } from '../inputs/surroundings.ts';
import type { AuraReport } from './report.ts';

/** The parts of a session that a store uses. */
export interface StoreParts {
  readonly patience: Patience;
  readonly report: AuraReport;
}

/** The store of credentials of a step, in the repository of its run. */
export function openStore(token: Secret, event: RunEvent, parts: StoreParts): DeploymentStore {
  const repository = repositoryOf(token, event, parts);
  return repository === undefined ? noStore : createDeploymentStore({ ...repository, shelf });
}

/** How to reach the deployments of the run's repository; undefined if GitHub must not be asked. */
export function repositoryOf(
  token: Secret,
  event: RunEvent,
  { patience, report }: StoreParts,
): Omit<StoreOptions, 'shelf'> | undefined {
  const apiUrl = process.env['GITHUB_API_URL'];
  if (certificatesIgnored(process.env) && !isLoopback(new URL(apiUrl ?? githubUrl).hostname)) {
    // In main this was an error; the post stage continues, because it has an instance to delete.
    report.debug("GitHub is not asked, because 'NODE_TLS_REJECT_UNAUTHORIZED' is '0'.");
    return undefined;
  }
  const branch = branchOf(event);
  // A fork's branch does not belong to this repository, and a run for a tag has no branch: use the
  // commit instead.
  const sha = process.env['GITHUB_SHA'] ?? event.ref;
  return {
    token,
    repository: event.repository,
    ref: branch === undefined || branch.owner !== undefined ? sha : branch.name,
    apiUrl,
    userAgent,
    patience,
    warn: report.warning,
    debug: report.debug,
  };
}
