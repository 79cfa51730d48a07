// Takes screenshots of every page for people to look at; the test only checks that they exist.
import assert from 'node:assert/strict';
import { mkdir, rm, stat } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PLACES } from '../support/places.mjs';
import { scene } from '../support/scene.mjs';
import { LANGUAGES } from '../support/words.mjs';

const OUT = fileURLToPath(new URL('../out/', import.meta.url));
const SIZES = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];
const HIGHEST = 8_000;
const SETTLING_MS = 150;
const SMALLEST_PNG = 2_000;

/**
 * Makes the window as high as the page and waits until it is drawn. In a picture that is larger than the window, sticky
 * bars would appear in the middle of the page.
 */
async function unroll(page, { width, height }) {
  await page.setViewportSize({ width, height });
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(Math.max(whole, height), HIGHEST) });
  // The compositor needs a moment after a change of the window's size; otherwise the picture shows the old window.
  await page.waitForTimeout(SETTLING_MS);
}

describe('pictures', { concurrency: 2 }, () => {
  for (const lang of LANGUAGES) {
    describe(lang, () => {
      const here = scene();
      const contexts = new Map();
      const folder = `${OUT}${lang}/`;
      test('a clean folder', async () => {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true });
      });
      for (const { name, who, open } of PLACES) {
        test(name, async () => {
          if (!contexts.has(who)) contexts.set(who, await (who ? here.person(who, { lang }) : here.visitor({ lang })));
          const page = await contexts.get(who).newPage();
          await open(page, lang);
          for (const size of SIZES) {
            await unroll(page, size);
            for (const colorScheme of ['light', 'dark']) {
              await page.emulateMedia({ colorScheme });
              const path = `${folder}${name}-${size.width}-${colorScheme}.png`;
              await page.screenshot({ path });
              assert.ok((await stat(path)).size > SMALLEST_PNG, path);
            }
          }
          await page.close();
        });
      }
    });
  }
});
