/**
 * Draws the pictures of the documentation: it runs the committed bundle against the simulator, and
 * shows its summaries and its log as GitHub does.
 *
 *     node scripts/pictures.ts [NAME …]
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findBrowser, startDrawing } from './pictures/browser.ts';
import { pageOf } from './pictures/pages.ts';
import { scenes } from './pictures/scenes.ts';

const directory = path.join('docs', 'images');

async function main(names: readonly string[]): Promise<void> {
  const browser = findBrowser();
  if (browser === undefined) {
    process.stderr.write(
      'The pictures need Chromium or Chrome: install it, or set CHROME_PATH to its program.\n',
    );
    process.exitCode = 1;
    return;
  }
  mkdirSync(directory, { recursive: true });
  await using drawing = await startDrawing(browser);
  for (const scene of scenes) {
    if (names.length > 0 && !names.includes(scene.name)) continue;
    const file = path.join(directory, `${scene.name}.png`);
    await drawing.draw(pageOf(scene, await scene.run()), file);
    process.stdout.write(`${file}\n`);
  }
}

await main(process.argv.slice(2));
