import type { Handler } from './calls.ts';
import type { HarnessWorld } from './world.ts';

/** An operation of the simulated API. */
export interface Route<W extends HarnessWorld> {
  readonly method: string;
  /** With placeholders in braces, as in the API's description. */
  readonly path: string;
  /** The description's operationId. */
  readonly operation: string;
  readonly handle: Handler<W>;
}

/** A route and the values of its placeholders. */
export interface RouteMatch<W extends HarnessWorld> {
  readonly route: Route<W>;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route for a request; undefined if there is none. */
export type FindRoute<W extends HarnessWorld> = (
  method: string,
  path: string,
) => RouteMatch<W> | undefined;

/** Creates a search through routes. If several match, it finds the first. */
export function router<W extends HarnessWorld>(routes: readonly Route<W>[]): FindRoute<W> {
  const patterns = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  }));
  return (method, path) => {
    for (const { route, pattern } of patterns) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found) return { route, params: { ...found.groups } };
    }
    return undefined;
  };
}
