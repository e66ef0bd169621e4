// Replaces undici and loads it at the first request. docs/adr/0013-undici-on-demand.md says why.
// It exports only what @actions/http-client and @actions/github import.

/** The dispatcher for requests through a proxy. */
export class ProxyAgent {
  #agent;
  #options;

  constructor(options) {
    this.#options = options;
  }

  #load() {
    this.#agent ??= import('undici-itself').then(
      ({ ProxyAgent: Agent }) => new Agent(this.#options),
    );
    return this.#agent;
  }

  dispatch(options, handler) {
    this.#load().then(
      (agent) => agent.dispatch(options, handler),
      (error) => handler.onError(error),
    );
    return true;
  }

  async close() {
    await (await this.#agent)?.close();
  }

  async destroy(error) {
    await (await this.#agent)?.destroy(error);
  }
}

/** The `fetch` of browsers, with a dispatcher as an additional option. */
export async function fetch(...request) {
  const undici = await import('undici-itself');
  return undici.fetch(...request);
}
