import { accessSync, constants } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

const require = createRequire(import.meta.url);
const css = require.resolve('github-markdown-css/github-markdown-light.css');
const mermaid = path.join(path.dirname(require.resolve('mermaid')), 'mermaid.min.js');

/** Where Chromium and Chrome are usually installed. */
const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser to draw with; undefined if none is installed. */
export function findBrowser(given = process.env['CHROME_PATH']): string | undefined {
  return (given ? [given] : usual).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Draws pages. */
export interface Drawing extends AsyncDisposable {
  /** Draws the main element of a page. @throws if a chart cannot be drawn */
  readonly draw: (html: string, file: string) => Promise<void>;
}

/** Starts the browser; it sends nothing to the network. */
export async function startDrawing(executablePath: string): Promise<Drawing> {
  const browser = await puppeteer.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    draw: (html, file) => draw(browser, html, file),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function draw(browser: Browser, html: string, file: string): Promise<void> {
  const page = await browser.newPage();
  await page.setOfflineMode(true);
  await page.setViewport({ width: 880, height: 400, deviceScaleFactor: 1.5 });
  await page.setContent(html);
  if (html.includes('markdown-body')) await page.addStyleTag({ path: css });
  if (html.includes('class="mermaid"')) await drawCharts(page);
  const body = await page.waitForSelector('body');
  await writeFile(file, (await body?.screenshot()) ?? '');
  await page.close();
}

async function drawCharts(page: Page): Promise<void> {
  await page.addScriptTag({ path: mermaid });
  // The code runs in the page, where mermaid is a global.
  await page.evaluate(`mermaid.initialize({ startOnLoad: false }); mermaid.run()`);
}
