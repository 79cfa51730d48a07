/** Shows the instructions of the row that is ticked. */
import { find, findAll, on, parsePage } from './dom.js';

/**
 * Replaces the instructions beside the form; those on the page stay when the server has none.
 * @param {string} [topic]
 */
export async function showGuide(topic) {
  if (!topic || !find('#guide')) return;
  try {
    const response = await fetch(`/help/${topic}`);
    const fresh = find('#guide', parsePage(await response.text()));
    if (!fresh || !find('h1', fresh)) return;
    for (const heading of findAll('h1,h2,h3,h4', fresh)) {
      // One level lower: the page has its own first heading.
      const lower = document.createElement(`h${Number(heading.tagName[1]) + 1}`);
      lower.append(...heading.childNodes);
      heading.replaceWith(lower);
    }
    find('#guide')?.replaceChildren(...fresh.childNodes);
  } catch {
    // Without a network the instructions stay as they are.
  }
}

on('change', ({ dataset }) => {
  showGuide(dataset.topic);
});
