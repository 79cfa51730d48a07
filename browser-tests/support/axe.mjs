// Automated accessibility checks with axe-core.
import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// The rules whose results can differ between the light and the dark scheme of the same page.
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const run = (page, runOnly) => page.evaluate(async only => {
  // axe-core checks the size of targets only on request.
  const rules = only.type === 'tag' ? { 'target-size': { enabled: true } } : {};
  const { violations } = await window.axe.run(document, { runOnly: only, rules, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} – ${node.failureSummary.replace(/\s+/gu, ' ')}`));
}, runOnly);

/** Returns the accessibility violations of a page at these window sizes in both schemes, one line for each place. */
export async function violations(page, sizes) {
  const found = [];
  await page.evaluate(axe.source);
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const [colorScheme, runOnly] of [['light', { type: 'tag', values: TAGS }], ['dark', { type: 'rule', values: COLOUR_RULES }]]) {
      await page.emulateMedia({ colorScheme });
      for (const line of await run(page, runOnly)) found.push(`${size.width} ${colorScheme}: ${line}`);
    }
  }
  return found;
}
