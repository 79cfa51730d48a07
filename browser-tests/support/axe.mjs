// Automated accessibility checks with axe-core.
import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// The rules whose results can differ between the light and the dark scheme of the same page.
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const run = (page, runOnly, colours) => page.evaluate(async ({ only, left }) => {
  // axe-core checks the size of targets only on request.
  const rules = only.type === 'tag' ? { 'target-size': { enabled: true }, ...left } : {};
  const { violations } = await window.axe.run(document, { runOnly: only, rules, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} – ${node.failureSummary.replace(/\s+/gu, ' ')}`));
}, { only: runOnly, left: colours ? {} : Object.fromEntries(COLOUR_RULES.map(rule => [rule, { enabled: false }])) });

/**
 * Returns the accessibility violations of a page at these window sizes, one line for each place. With `colours` the page
 * is checked in the light and the dark scheme; without, the rules about colours are left out, because colours do not
 * depend on the language.
 */
export async function violations(page, sizes, { colours = true } = {}) {
  const found = [];
  const every = { type: 'tag', values: TAGS };
  const runs = colours ? [['light', every], ['dark', { type: 'rule', values: COLOUR_RULES }]] : [['light', every]];
  await page.evaluate(axe.source);
  for (const size of sizes) {
    await page.setViewportSize(size);
    // At its end, a page has nothing left under the bar that stays at the bottom of the window.
    await page.evaluate(() => { window.scrollTo(0, document.documentElement.scrollHeight); });
    for (const [colorScheme, runOnly] of runs) {
      await page.emulateMedia({ colorScheme });
      for (const line of await run(page, runOnly, colours)) found.push(`${size.width} ${colorScheme}: ${line}`);
    }
  }
  return found;
}
