/** Shows the instructions for the catalogue row that is selected in the choice form. */
import { find, findAll, on, parsePage } from './dom.js';

/**
 * Replaces the exam instructions beside the choice form; if the server has none for the topic, the
 * current instructions stay.
 * @param {string} [topic]
 */
export async function showGuide(topic) {
  if (!topic || !find('#guide')) return;
  try {
    const response = await fetch(`/help/${topic}`);
    const fresh = find('#guide', parsePage(await response.text()));
    if (!fresh || !find('h1', fresh)) return;
    for (const heading of findAll('h1,h2,h3,h4', fresh)) {
      // Headings of the instructions move one level down, because the page has a first heading of
      // its own.
      const lower = document.createElement(`h${Number(heading.tagName[1]) + 1}`);
      lower.append(...heading.childNodes);
      heading.replaceWith(lower);
    }
    find('#guide')?.replaceChildren(...fresh.childNodes);
  } catch {
    // Without a network the instructions stay unchanged.
  }
}

on('change', ({ dataset }) => {
  showGuide(dataset.topic);
});
