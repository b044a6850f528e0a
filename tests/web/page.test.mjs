// The proof page as a person meets it: Chromium clicks and types at a real `pli serve`.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { darkness, drawn, labelled, openPage, openShop, redrawn } from './shop.mjs';

let shop;
before(async () => { shop = await openShop(); });
after(() => shop?.close());

const text = (page, selector) => page.$eval(selector, (element) => element.textContent);
const radio = (page, name, at) => page.$$eval(`input[name=${name}]`, (all, i) => all[i].click(), at);
const templates = ['danke', 'lettre', 'merci', 'prospectus'];
const open = async (page, name) => {
  await page.waitForSelector('input[name=template]');
  await radio(page, 'template', templates.indexOf(name));
  await page.waitForFunction((wanted) => document.querySelector('.shown')?.textContent.startsWith(wanted), {}, name);
  await page.waitForSelector(`.paper[data-state=drawn][data-shows=${name}] img`, { timeout: 15_000 });
};

async function accessible(page, where) {
  await page.evaluate(axe.source); // by the debugger, which the page's policy does not concern
  const { violations } = await page.evaluate(() => axe.run(document));
  assert.deepEqual(violations.map((one) => `${where}: ${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`), []);
}

test('a token in the address opens the page and is gone from the address', async () => {
  const page = await openPage(shop);
  await drawn(page);
  assert.equal(new URL(page.url()).hash, '');
  assert.match(await text(page, '.status'), /^Page 1 of 1, drawn in \d+ ms$/);
  assert.deepEqual(page.troubles, []);
});

test('without a token it asks for one, says that a wrong one is wrong, and takes a right one', async () => {
  const page = await openPage(shop, '');
  await page.waitForSelector('#token');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'token');
  await page.keyboard.type('nobody');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#token-wrong')?.textContent.includes('does not accept'));
  await accessible(page, 'door');
  await page.keyboard.type(shop.token);
  await page.keyboard.press('Enter');
  await drawn(page);
  await labelled(page, 'Forget the token').click();
  await page.waitForSelector('#token');
  assert.deepEqual(page.troubles, []);
});

test('the letter follows what is typed, and a burst of keys ends with the last of them', async () => {
  const page = await openPage(shop);
  await open(page, 'danke');
  const behind = [33, 21.2, 44, 22.4]; // where a longer name goes on
  assert.ok((await darkness(page, behind)) < 0.01);
  const field = await page.$('#field-first_name');
  await field.click({ count: 3 });
  await redrawn(page, () => field.type('Maximiliane Wilhelmine', { delay: 5 }));
  await page.waitForFunction(() => !document.querySelector('.complaints p'));
  await new Promise((done) => setTimeout(done, 1200)); // the finer picture has come too
  assert.ok((await darkness(page, behind)) > 0.05, 'the longer name is on the picture');
  const wide = await page.$eval('.paper img', (image) => image.naturalWidth);
  assert.ok(wide > 1500, `drawn finer when nothing is typed: ${wide} pixels across`);
  assert.deepEqual(page.troubles, []);
});

test('what a letter would be rejected for is said at once, and the last picture stays', async () => {
  const page = await openPage(shop);
  await open(page, 'danke');
  const field = await page.$('#field-street');
  await field.click({ count: 3 });
  await field.type('Eine Straße, deren Name sehr viel länger ist als jedes Fenster, in dem er stehen könnte, und noch länger');
  await page.waitForSelector('.complaints p');
  assert.match(await text(page, '.complaints p'), /mm|wide|room|long/i);
  assert.equal(await page.$eval('.paper', (paper) => paper.classList.contains('stale')), true);
  assert.ok(await page.$('.paper img'));
  await redrawn(page, async () => {
    await labelled(page, 'Start again from the sample').click();
  });
  assert.equal(await page.$('.complaints p'), null);
});

test('worst cases: the longest name and the longest address', async () => {
  const page = await openPage(shop);
  await open(page, 'danke');
  await redrawn(page, () => radio(page, 'recipient', 1));
  assert.match(await page.$eval('#field-last_name', (input) => input.value), /Hohenlohe/);
  await redrawn(page, () => radio(page, 'recipient', 2));
  assert.match(await page.$eval('#field-company', (input) => input.value), /Rindfleisch/);
  for (const name of templates) { // what is shown as the worst does fit
    await open(page, name);
    await redrawn(page, () => radio(page, 'recipient', 2));
    assert.equal(await page.$('.complaints p'), null);
  }
  assert.deepEqual(page.troubles, []);
});

test('letters of the queue are flipped through, the ones with the longest name and address among them', async () => {
  const page = await openPage(shop);
  await open(page, 'lettre');
  await page.waitForFunction(() => document.querySelectorAll('input[name=recipient]').length === 4);
  await redrawn(page, () => radio(page, 'recipient', 3));
  assert.match(await text(page, '.queued p'), /^Letter 1 of 12: /);
  await redrawn(page, () => labelled(page, 'Next letter').click());
  assert.match(await text(page, '.queued p'), /^Letter 2 of 12: /);
  await redrawn(page, () => labelled(page, 'Previous letter').click());
  await page.$$eval('.flip button', (all) => all[2].click());
  const rows = readFileSync('examples/boutique/flacons.jsonl', 'utf8').trim().split('\n').map((row) => JSON.parse(row));
  const names = rows.map((row) => [row.title, row.first_name, row.last_name, row.company, row.name].filter(Boolean).join(' '));
  await page.waitForFunction(() => document.querySelector('.queued p').textContent.length > 15);
  const shown = await text(page, '.queued p');
  const longest = Math.max(...rows.map((row) => Math.max((row.company ?? '').length, `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim().length)));
  assert.ok(shown.replace(/^.*?: /, '').length >= longest - 8, `${shown} among ${names.join(', ')}`);
});

test('pages are turned by buttons and by keys', async () => {
  const page = await openPage(shop);
  await open(page, 'lettre');
  await page.waitForFunction(() => /of 2/.test(document.querySelector('.status').textContent));
  await labelled(page, 'Next page').click();
  await drawn(page, 2);
  await page.focus('.paper');
  await page.keyboard.press('ArrowLeft');
  await drawn(page, 1);
  await page.keyboard.press('PageDown');
  await drawn(page, 2);
  assert.match(await page.$eval('.paper img', (image) => image.alt), /lettre, page 2 of 2/);
});

test('window, zones and folds lie on the sheet where the service says, and can be put away', async () => {
  const page = await openPage(shop);
  await open(page, 'danke');
  const place = await page.evaluate(() => {
    const paper = document.querySelector('.paper').getBoundingClientRect();
    const zone = document.querySelector('.zones .address rect').getBoundingClientRect();
    return { left: ((zone.left - paper.left) / paper.width) * 210, top: ((zone.top - paper.top) / paper.height) * 297 };
  });
  assert.ok(Math.abs(place.left - 25) < 0.6 && Math.abs(place.top - 62.7) < 0.6, JSON.stringify(place)); // DIN 5008 B
  assert.equal((await page.$$('.fold line')).length, 2);
  await labelled(page, 'Window and zones').click();
  assert.equal(await page.$('.zones'), null);
});

test('a PDF is dropped, its pages are shown and its findings stand on them', async () => {
  const page = await openPage(shop);
  await open(page, 'danke');
  // A page with a black box in the window of the French envelope.
  const drawing = 'q 0 g 320 680 120 40 re f Q';
  const pdf = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n`
    + `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.276 841.89]/Contents 4 0 R/Resources<<>>>>endobj\n`
    + `4 0 obj<</Length ${drawing.length}>>stream\n${drawing}\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF\n`;
  const file = join(shop.folder, 'box.pdf');
  writeFileSync(file, pdf);
  const input = await page.$('.drop input');
  await input.uploadFile(file);
  await page.waitForSelector('.findings li.error', { timeout: 20_000 });
  await page.waitForSelector('.paper[data-state=drawn]:not([data-shows=danke])');
  assert.match(await text(page, '.findings'), /box\.pdf/);
  assert.ok((await darkness(page, [56, 15, 72, 18])) > 0.8, 'the box is on the picture');
  await page.click('.findings li.error button');
  await page.waitForSelector('.finding.chosen');
  const mark = await page.evaluate(() => {
    const paper = document.querySelector('.paper').getBoundingClientRect();
    const box = document.querySelector('.finding.chosen rect').getBoundingClientRect();
    return { left: ((box.left - paper.left) / paper.width) * 210, top: ((box.top - paper.top) / paper.height) * 297 };
  });
  assert.ok(Math.abs(mark.left - 112.3) < 1 && Math.abs(mark.top - 54.4) < 1, JSON.stringify(mark)); // where it enters the address zone
  await accessible(page, 'upload');
  await radio(page, 'template', 2); // and back to a template
  await page.waitForFunction(() => document.querySelector('.shown')?.textContent.startsWith('merci'));
  await drawn(page);
  assert.deepEqual(page.troubles, []);
});

test('a token that may only read cannot upload, and is told so', async () => {
  const page = await openPage(shop, `#token=${shop.poor}`);
  await open(page, 'danke');
  const input = await page.$('.drop input');
  await input.uploadFile('examples/boutique/templates/prospectus/flyer.pdf');
  await page.waitForSelector('.complaints p');
  assert.match(await text(page, '.complaints p'), /scope/i);
});

test('the PDF is downloaded, and is one', async () => {
  const page = await openPage(shop);
  await open(page, 'danke');
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      if (blob.type === 'application/pdf') blob.slice(0, 5).text().then((head) => { window.downloaded = head; });
      return make(blob);
    };
  });
  await labelled(page, 'Download PDF').click();
  await page.waitForFunction(() => window.downloaded === '%PDF-', { timeout: 10_000 });
});

test('the page speaks French, German and English, and says which', async () => {
  for (const [language, title] of [['fr', 'Modèle'], ['de', 'Vorlage'], ['en', 'Template']]) {
    const page = await openPage(shop, `#token=${shop.token}`, [`${language}-XX`]);
    await drawn(page);
    assert.equal(await page.$eval('html', (html) => html.lang), language);
    assert.equal(await text(page, '.templates legend'), title);
    await accessible(page, language);
  }
  const page = await openPage(shop);
  await drawn(page);
  await page.select('.language select', 'de');
  await page.waitForFunction(() => document.documentElement.lang === 'de' && /gezeichnet/.test(document.querySelector('.status').textContent));
});

test('everything is reached by the keyboard, and where it is can be seen', async () => {
  const page = await openPage(shop);
  await open(page, 'danke');
  await page.evaluate(() => document.activeElement.blur());
  const met = new Set();
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return { what: 'the browser itself', ring: true };
      const ring = getComputedStyle(element).outlineStyle !== 'none' || !!element.closest('.choice, .drop');
      return { what: element.id || element.name || element.className || element.textContent || element.type, ring };
    });
    assert.ok(here.ring, `${here.what} shows its focus`);
    met.add(here.what.trim());
  }
  for (const one of ['template', 'recipient', 'field-first_name', 'main', 'paper']) assert.ok(met.has(one), `${one} among ${[...met].join(', ')}`);
});

test('axe finds nothing to complain about, in light, in the dark and on a telephone', async () => {
  const page = await openPage(shop);
  await open(page, 'merci');
  await accessible(page, 'light');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await accessible(page, 'dark');
  await page.setViewport({ width: 390, height: 844 });
  await accessible(page, 'telephone');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `nothing sticks out: ${wide}`);
});
