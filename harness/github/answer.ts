/** A complete request. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer from the server, or one set by a test. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | object | undefined;
}

/** An error in GitHub's words. */
export function problem(status: number, message: string, extra: object = {}): Answer {
  const documentation_url = 'https://docs.github.com/rest/deployments/deployments';
  return { status, body: { message, ...extra, documentation_url, status: String(status) } };
}

/** One page; the header leads to the others, if there are any. */
export function page({ path, query }: Call, entries: readonly object[], apiUrl: string): Answer {
  const size = Math.min(100, Number(query['per_page'] ?? 30));
  const number = Number(query['page'] ?? 1);
  const last = Math.max(1, Math.ceil(entries.length / size));
  const link = (rel: string, to: number): string => {
    const parameters = new URLSearchParams({ ...query, page: String(to) });
    return `<${apiUrl}${path}?${parameters.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link('prev', number - 1)] : []),
    ...(number < last ? [link('next', number + 1), link('last', last)] : []),
    ...(number > 1 ? [link('first', 1)] : []),
  ];
  const body = entries.slice((number - 1) * size, number * size);
  return { status: 200, ...(links.length > 0 && { headers: { link: links.join(', ') } }), body };
}
