import { describe, expect, it } from 'vitest';
import { parseApiUrl } from '../../../src/aura/inputs/parsers.ts';

describe('the URL of an API', () => {
  it.each([
    ['https://api.neo4j.io', 'https://api.neo4j.io/'],
    ['https://api.neo4j.io/', 'https://api.neo4j.io/'],
    ['HTTPS://API-Staging.Neo4j.io:8443', 'https://api-staging.neo4j.io:8443/'],
    ['https://[2001:db8::1]', 'https://[2001:db8::1]/'],
    ['http://localhost', 'http://localhost/'],
    ['http://localhost:8080', 'http://localhost:8080/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['http://127.8.9.10', 'http://127.8.9.10/'],
    ['http://[::1]:1', 'http://[::1]:1/'],
    ['http://[0:0:0:0:0:0:0:1]:1', 'http://[::1]:1/'],
  ])('may be %s', (text, href) => {
    expect(parseApiUrl(text)).toEqual({ value: new URL(href) });
  });

  const address = 'the address of an Aura API, such as https://api.neo4j.io, without a path';
  const secure = 'an address that begins with https:// (http:// only for localhost)';
  const begins = 'an address that begins with https://';
  const bare = 'only the address of the server, without a path such as /v1';

  it.each([
    [''],
    ['//api.neo4j.io'],
    ['https://'],
    ['https:// api'],
    ['https://api.neo4j.io:99999'],
    ['ftp://localhost'],
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['ws://localhost'],
  ])('cannot be %j, which is shown unchanged', (text) => {
    expect(parseApiUrl(text)).toEqual({ expected: address });
  });

  it.each([
    ['http://example.com', secure, 'https://example.com'],
    ['http://api.neo4j.io', secure, 'https://api.neo4j.io'],
    ['http://127.0.0.1.evil.com', secure, 'https://127.0.0.1.evil.com'],
    ['http://localhost.evil.com', secure, 'https://localhost.evil.com'],
    ['http://notlocalhost', secure, 'https://notlocalhost'],
    ['http://128.0.0.1', secure, 'https://128.0.0.1'],
    ['http://0.0.0.0', secure, 'https://0.0.0.0'],
    ['http://10.0.0.1:80', secure, 'https://10.0.0.1'],
    ['http://[::2]', secure, 'https://[::2]'],
    ['http://[::ffff:127.0.0.1]', secure, 'https://[::ffff:7f00:1]'],
    ['https://api.neo4j.io/v1', bare, 'https://api.neo4j.io'],
    ['https://api.neo4j.io//', bare, 'https://api.neo4j.io'],
    ['https://api.neo4j.io/?x=y', bare, 'https://api.neo4j.io'],
    ['https://api.neo4j.io/#x', bare, 'https://api.neo4j.io'],
    ['http://api.neo4j.io/v1', bare, 'https://api.neo4j.io'],
    ['http://localhost:8080/v1', bare, 'http://localhost:8080'],
    ['https://localhost:8443/v1', bare, 'https://localhost:8443'],
    ['api.neo4j.io', begins, 'https://api.neo4j.io'],
    ['api.neo4j.io/v1', begins, 'https://api.neo4j.io'],
    ['localhost:8080', begins, 'http://localhost:8080'],
  ])('cannot be %j: expected %s, probably %s', (text, expected, meant) => {
    expect(parseApiUrl(text)).toEqual({ expected, hint: `Did you mean '${meant}'?` });
    expect(parseApiUrl(meant)).toHaveProperty('value');
  });

  const withoutUser = 'an address without a user name and a password';

  it.each([
    ['https://user:letMeIn@api.neo4j.io', 'https://***@api.neo4j.io'],
    ['https://letMeIn@api.neo4j.io', 'https://***@api.neo4j.io'],
    ['https://:letMeIn@api.neo4j.io', 'https://***@api.neo4j.io'],
    ['https://user:let@MeIn@api.neo4j.io', 'https://***@api.neo4j.io'],
    ['https://user:letMeIn@api.neo4j.io/v1', 'https://***@api.neo4j.io/v1'],
    ['http://user:letMeIn@localhost', 'http://***@localhost'],
    ['http://127.0.0.1@evil.com', 'http://***@evil.com'],
    ['ftp://user:letMeIn@localhost', 'ftp://***@localhost'],
  ])('cannot be %j, of which %j is shown', (text, shown) => {
    expect(parseApiUrl(text)).toEqual({ expected: withoutUser, shown });
  });

  it.each([
    ['https://user:letMeIn@api.neo4j.io:99999'],
    ['https://user:letMeIn@'],
    ['https://user:letMeIn@api neo4j.io'],
    ['https://user:letMe/In@api.neo4j.io'],
    ['user:letMeIn@api.neo4j.io'],
    ['https:user:letMeIn@api.neo4j.io'],
    ['https:/user:letMeIn@api.neo4j.io'],
    ['https:\\\\user:letMeIn@api.neo4j.io'],
  ])('cannot be %j, of which no credentials are shown', (text) => {
    const result = parseApiUrl(text);
    expect(result).toMatchObject({ expected: withoutUser });
    expect(JSON.stringify(result)).not.toMatch(/letMe/);
  });
});

describe('the host of the URL of an API', () => {
  it.each([
    ['https://api_1.neo4j.io'],
    ['https://api.neo4j.io;x'],
    ['https://*.neo4j.io'],
    ['https://api$(x).neo4j.io'],
    ["https://api'.neo4j.io"],
    ['https://%61pi.neo4j.io'],
    ['https://äpi.neo4j.io'],
    ['https://api。neo4j.io'],
    ['https://ａpi.neo4j.io'],
    ['https://api.neo4j.io\\'],
    ['https:\\\\api.neo4j.io'],
    ['https:api.neo4j.io'],
    ['https:/api.neo4j.io'],
    ['https:///api.neo4j.io'],
    ['https://api.neo\t4j.io'],
    ['https://api.neo\n4j.io'],
    ['https://api.neo4j.io:'],
    ['http://0x7f.1'],
    ['http://2130706433'],
    ['http://127.1'],
    ['https://0300.0250.1.1'],
    ['https://[::1%25eth0]'],
    ['https://[::1'],
    ['https://::1'],
  ])('cannot be written like %j', (text) => {
    expect(parseApiUrl(text)).toHaveProperty('expected');
  });

  it.each([
    ['https://api-1.neo4j.io'],
    ['https://10.0.0.1'],
    ['https://10.0.0.1:8443/'],
    ['https://[fe80::1]:8443'],
    ['https://intranet'],
  ])('may be written like %j', (text) => {
    expect(parseApiUrl(text)).toEqual({ value: new URL(text) });
  });
});
