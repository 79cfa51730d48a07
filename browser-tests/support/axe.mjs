// Accessibility as a machine sees it. The context needs `bypassCSP`: the page's policy admits no foreign script.
import AxeModule from '@axe-core/playwright';

const AxeBuilder = AxeModule.default ?? AxeModule;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with the page, one line for each place. */
export async function violations(page) {
  // Legacy mode spares a second page for each run; there are no frames.
  const { violations: found } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} – ${node.failureSummary.replace(/\s+/gu, ' ')}`));
}
