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

  const expected =
    'the origin of an Aura API, such as https://api.neo4j.io (http: only for this machine, no path, no credentials)';

  it.each([
    [''],
    ['api.neo4j.io'],
    ['//api.neo4j.io'],
    ['https://'],
    ['https:// api'],
    ['https://api.neo4j.io:99999'],
    ['http://example.com'],
    ['http://api.neo4j.io'],
    ['http://127.0.0.1.evil.com'],
    ['http://localhost.evil.com'],
    ['http://notlocalhost'],
    ['http://128.0.0.1'],
    ['http://0.0.0.0'],
    ['http://10.0.0.1'],
    ['http://[::2]'],
    ['http://[::ffff:127.0.0.1]'],
    ['https://api.neo4j.io/v1'],
    ['https://api.neo4j.io//'],
    ['https://api.neo4j.io/?x=y'],
    ['https://api.neo4j.io/#x'],
    ['http://localhost:8080/v1'],
    ['ftp://localhost'],
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['ws://localhost'],
  ])('cannot be %j, which is shown unchanged', (text) => {
    const result = parseApiUrl(text);
    expect(result).toMatchObject({ expected });
    expect('value' in result ? result.value : (result.shown ?? text)).toBe(text);
  });

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
    expect(parseApiUrl(text)).toEqual({ expected, shown });
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
    expect(result).toMatchObject({ expected });
    expect('value' in result ? result.value : (result.shown ?? text)).not.toMatch(/letMe/);
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
