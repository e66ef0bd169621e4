import type { Shelf } from '../../core/github/deployment-requests.ts';

/** The deployments that store the credentials of instances. */
export const shelf: Shelf = {
  environment: 'aura',
  taskStart: 'aura:',
  description: 'Sealed credentials of an Aura instance',
};

/**
 * The deployments that store the access token of a client. Their task ends in 64 digits, so it is
 * not the one of any instance: the name of an instance has at most 30 characters.
 */
export const tokenShelf: Shelf = {
  environment: 'aura',
  taskStart: 'aura:token:',
  description: 'Sealed access token of the Aura API',
};
