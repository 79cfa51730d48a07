// The pages are valid HTML as the server sends them, and the style sheet is valid CSS.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PLACES } from '../support/places.mjs';
import { scene } from '../support/scene.mjs';
import { errors, missing } from '../support/vnu.mjs';
import { LANGUAGES } from '../support/words.mjs';

const here = scene();
let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'emtihan-html-')); });
after(() => rm(folder, { recursive: true, force: true }));

test('the HTML checker is installed', () => { assert.equal(missing(), undefined); });

test('every page is valid', async () => {
  const files = [];
  const keep = async (name, text) => {
    const file = join(folder, name);
    await writeFile(file, text);
    files.push(file);
  };
  const contexts = new Map();
  for (const { name, who, open } of PLACES) {
    if (!contexts.has(who)) contexts.set(who, await (who ? here.person(who) : here.visitor()));
    const page = await contexts.get(who).newPage();
    // Check the HTML as sent by the server, before scripts change it; a swapped region is sent as a whole page, too.
    let latest;
    page.on('response', response => {
      // The response for the frame of the PDF viewer is skipped: it is not an HTML page of the site.
      if (response.frame() === page.mainFrame() && response.headers()['content-type']?.startsWith('text/html') && response.status() !== 303) latest = response.text().catch(() => undefined);
    });
    await open(page, 'en');
    await keep(`${name}.html`, await latest ?? await page.content());
    if (name === 'groups') {
      // The other languages differ only in their texts; their pages are the longest.
      for (const lang of LANGUAGES) await keep(`${name}-${lang}.html`, await (await (await here.person(who, { lang })).request.get('/groups')).text());
      const css = await page.locator('link[rel=stylesheet]').getAttribute('href');
      await keep('app.css', await (await page.request.get(css)).text());
    }
    await page.close();
  }
  assert.ok(files.length > PLACES.length);
  assert.deepEqual(await errors(files), []);
});
