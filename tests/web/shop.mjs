// A real `pli serve` over a copy of the example shop, and a Chromium to look at it with.
import { spawn, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const pli = process.env.PLI_PROGRAM;
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

export async function openShop() {
  const scratch = mkdtempSync(join(tmpdir(), 'pli-web-'));
  const folder = join(scratch, 'boutique');
  cpSync('examples/boutique', folder, { recursive: true });
  const run = (...words) => execFileSync(pli, [...words, '--workspace', folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('letters', 'add', join(folder, 'flacons.jsonl'), '--template', 'lettre');
  const token = run('token', 'new', 'page', '--scope', 'templates').match(/eyJ\S+/)[0];
  const poor = run('token', 'new', 'reader', '--scope', 'read-only').match(/eyJ\S+/)[0];
  const service = spawn(pli, ['serve', '--json', '--quiet', '--listen', '127.0.0.1:0', '--workspace', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  const port = await new Promise((found, lost) => {
    service.stdout.on('data', (bytes) => {
      said += bytes;
      const line = said.match(/"port":\s*(\d+)/);
      if (line) found(Number(line[1]));
    });
    service.on('exit', (status) => lost(new Error(`pli serve ended with ${status}: ${said}`)));
  });
  // Root has no user namespaces to lock the renderer in; the page is our own.
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ['--no-sandbox', '--disable-gpu', '--lang=en'] });
  const close = async () => {
    await browser.close();
    service.kill('SIGTERM');
    rmSync(scratch, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, token, poor, folder, browser, close };
}

/** A page in a context of its own, with everything that goes wrong on it in `page.troubles`. */
export async function openPage(shop, hash = `#token=${shop.token}`, languages = ['en']) {
  const context = await shop.browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1400, height: 950 });
  await page.evaluateOnNewDocument((wanted) => Object.defineProperty(navigator, 'languages', { get: () => wanted }), languages);
  page.troubles = [];
  page.on('pageerror', (error) => page.troubles.push(error.message));
  page.on('console', (line) => /Content Security Policy|Uncaught/.test(line.text()) && page.troubles.push(line.text()));
  page.on('request', (request) => {
    const place = new URL(request.url());
    if (!['blob:', 'data:'].includes(place.protocol) && place.origin !== shop.url) page.troubles.push(`asks ${request.url()}`);
  });
  await page.goto(shop.url + hash);
  return page;
}

/** The label's control, found as a person finds it. */
export const labelled = (page, text) => page.locator(`::-p-aria([name="${text}"])`);

/** Waits until the picture of that page is drawn from now on, and gives its address. */
export async function drawn(page, number = 1) {
  await page.waitForSelector(`.paper[data-state=drawn][data-page="${number}"] img`, { timeout: 15_000 });
  return page.$eval('.paper img', (image) => image.src);
}

/** The picture after something was done to it: another one, drawn. */
export async function redrawn(page, act) {
  const before = await page.$eval('.paper img', (image) => image.src);
  await act();
  await page.waitForFunction(
    (old) => document.querySelector('.paper img')?.src !== old && document.querySelector('.paper').dataset.state === 'drawn', { timeout: 15_000 }, before);
}

/** How dark a box of the picture is (0 white, 1 black), in hundredths of its sides. */
export const darkness = (page, [left, top, right, bottom]) =>
  page.$eval('.paper img', async (image, box) => {
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const brush = canvas.getContext('2d');
    brush.drawImage(image, 0, 0);
    const [x, y, r, b] = [box[0] * canvas.width, box[1] * canvas.height, box[2] * canvas.width, box[3] * canvas.height].map((v) => Math.round(v / 100));
    const { data } = brush.getImageData(x, y, r - x, b - y);
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) dark += 255 - data[i + 1];
    return dark / (data.length / 4) / 255;
  }, [left, top, right, bottom]);
