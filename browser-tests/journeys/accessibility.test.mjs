// Every page in every language, light and dark, wide and narrow: what a machine can find must not be there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from '../support/axe.mjs';
import { PLACES } from '../support/places.mjs';
import { scene } from '../support/scene.mjs';
import { LANGUAGES } from '../support/words.mjs';

const here = scene();
const SIZES = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];

for (const lang of LANGUAGES) {
  test(`accessibility in ${lang}`, async t => {
    const contexts = new Map();
    for (const { name, who, open } of PLACES) {
      await t.test(name, async () => {
        if (!contexts.has(who)) contexts.set(who, await (who ? here.person(who, { lang, bypassCSP: true }) : here.visitor({ lang, bypassCSP: true })));
        const page = await contexts.get(who).newPage();
        await open(page, lang);
        const found = new Set();
        for (const size of SIZES) {
          await page.setViewportSize(size);
          for (const colorScheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme });
            for (const violation of await violations(page)) found.add(`${size.width} ${colorScheme}: ${violation}`);
          }
        }
        await page.close();
        assert.deepEqual([...found], []);
      });
    }
  });
}
