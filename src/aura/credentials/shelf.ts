import type { Shelf } from '../../core/github/deployments.ts';

/** The deployments that store the credentials of instances. */
export const shelf: Shelf = {
  environment: 'aura',
  taskStart: 'aura:',
  description: 'Sealed credentials of an Aura instance',
};
