import { serveApi, type Api, type ServedApi } from '../core/serve.ts';
import { apiTime } from '../core/world.ts';
import { AURA_CONTROLS } from './control.ts';
import { seedInstance } from './create-instance.ts';
import { dispatch } from './dispatch.ts';
import type { FaultRule } from './faults.ts';
import { toSimulatedInstance, type InstanceSeed, type SimulatedInstance } from './instances.ts';
import { seedKey, type KeySeed } from './keys.ts';
import type { SimulatorOptions } from './options.ts';
import { findRoute } from './routes.ts';
import { setStatus } from './set-status.ts';
import {
  seedSnapshot,
  simulatedSnapshots,
  type SimulatedSnapshot,
  type SnapshotSeed,
} from './snapshot-seeds.ts';
import { createWorld, everyInstance, livingInstances, type World } from './world.ts';

export type { DrivenClock, SimulatorClock } from '../core/clock.ts';
export type { InstanceConfiguration } from './configurations.ts';
export type { Exchange } from '../core/exchanges.ts';
export type { FaultMatch } from '../core/faults.ts';
export type { Fault, FaultRule } from './faults.ts';
export type { InstanceSeed, SimulatedInstance } from './instances.ts';
export type { SimulatedSnapshot, SnapshotSeed } from './snapshot-seeds.ts';
export type { Durations, SimulatorOptions, TenantOptions } from './options.ts';

/** A running simulator of the Aura API v1. Its `url` stands for `https://api.neo4j.io`. */
export interface Simulator extends ServedApi {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The first tenant's. */
  readonly tenantId: string;
  readonly tenants: readonly { readonly id: string; readonly name: string }[];
  /** The time that Aura tells clients, in milliseconds since the epoch: see `clockSkew`. */
  auraTime(): number;
  /** All existing instances, including those being deleted. */
  instances(): readonly SimulatedInstance[];
  /** Every instance ever created, including deleted ones. */
  history(): readonly SimulatedInstance[];
  /** Adds an instance directly: no request, no lag. */
  seedInstance(seed: InstanceSeed): SimulatedInstance;
  /** Adds a customer managed key that is ready, and returns its id. */
  seedKey(seed: KeySeed): string;
  /** The snapshots of an instance that have started, newest first. */
  snapshots(instanceId: string): readonly SimulatedSnapshot[];
  /**
   * Adds a snapshot directly; it has ended unless it has a duration.
   *
   * @returns its id
   * @throws Error if the instance does not exist
   */
  seedSnapshot(instanceId: string, seed?: SnapshotSeed): string;
  /**
   * Puts an instance into a status immediately. A known transitional status ends after its usual
   * duration; any other status stays, even one that Aura does not have.
   *
   * @throws Error if the instance does not exist
   */
  setStatus(id: string, status: string): void;
  addFault(rule: FaultRule): void;
}

const AURA: Api<World> = { findRoute, dispatch, controls: AURA_CONTROLS };

/**
 * Starts a simulated Aura API v1 on this machine.
 *
 * @throws Error if the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = createWorld(options);
  const served = await serveApi(AURA, world);
  return {
    ...served,
    clientId: world.clientId,
    clientSecret: world.clientSecret,
    tenantId: world.tenants[0]?.id ?? '',
    tenants: world.tenants.map(({ id, name }) => ({ id, name })),
    auraTime: () => apiTime(world),
    instances: () => livingInstances(world).map(toSimulatedInstance),
    history: () => everyInstance(world).map(toSimulatedInstance),
    seedInstance: (seed) => toSimulatedInstance(seedInstance(world, seed)),
    seedKey: (seed) => seedKey(world, seed),
    snapshots: (instanceId) => simulatedSnapshots(world, instanceId),
    seedSnapshot: (instanceId, seed = {}) => seedSnapshot(world, instanceId, seed).id,
    setStatus: (id, status) => {
      setStatus(world, id, status);
    },
  };
}
