import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOf, projectRoot, readProjectFile } from './project.ts';

const standIn = path.join(projectRoot, 'vendor', 'undici', 'index.js');
const manifest = fieldsOf(JSON.parse(readProjectFile('vendor/undici/package.json')));
const locked = fieldsOf(fieldsOf(JSON.parse(readProjectFile('package-lock.json')))['packages']);
const chunks = readdirSync(path.join(projectRoot, 'dist')).filter((name) => name.endsWith('.js'));
/** A line of the real undici. */
const ofUndici = 'class ProxyAgent extends DispatcherBase';

// If our version does not satisfy a package's range, npm silently installs the real undici beside
// it, and dist/action.js contains it again: see docs/adr/0013-undici-on-demand.md.
describe('undici', () => {
  it.each(
    [
      'node_modules/@actions/http-client',
      'node_modules/@actions/github',
      'node_modules/@actions/github/node_modules/@actions/http-client',
      'node_modules/@actions/core/node_modules/@actions/http-client',
    ].filter((place) => existsSync(path.join(projectRoot, place))),
  )('resolves to vendor/undici for %s', (place) => {
    const { resolve } = createRequire(path.join(projectRoot, place, 'package.json'));
    expect(realpathSync(resolve('undici'))).toBe(standIn);
  });

  it('is locked once, under the name by which vendor/undici loads it', () => {
    const places = Object.entries(locked).filter(
      ([place, entry]) =>
        /(^|\/)node_modules\/undici$/.test(place) || fieldsOf(entry)['name'] === 'undici',
    );
    expect(places.map(([place]) => place)).toEqual([
      'node_modules/undici',
      'node_modules/undici-itself',
    ]);
    expect(locked['node_modules/undici']).toEqual({ resolved: 'vendor/undici', link: true });
  });

  it('has the version that vendor/undici declares', () => {
    const version = manifest['version'];
    expect(fieldsOf(manifest['dependencies'])).toEqual({
      'undici-itself': `npm:undici@${String(version)}`,
    });
    expect(fieldsOf(locked['node_modules/undici-itself'])['version']).toBe(version);
  });

  it('is in one file of the bundle, but not in the one that each step loads', () => {
    const holders = chunks.filter((name) => readProjectFile(`dist/${name}`).includes(ofUndici));
    expect(holders).toHaveLength(1);
    expect(holders).not.toContain('action.js');
  });

  it('leaves dist/action.js small', () => {
    expect(statSync(path.join(projectRoot, 'dist', 'action.js')).size).toBeLessThan(600_000);
  });

  it('is among the licences of the bundle', () => {
    const { version } = manifest;
    expect(readProjectFile('dist/licenses.txt')).toContain(
      `\nundici ${String(version)}\nMIT\nMIT License\n\nCopyright (c) Matteo Collina`,
    );
    expect(readProjectFile('dist/licenses.txt')).not.toMatch(/^(undici-itself|vendor\/)/m);
  });
});
