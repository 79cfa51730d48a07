// Checks of a page's language: it declares its language, and all its texts are in it.
import { readFileSync } from 'node:fs';
import { keys, textsWithoutValues, words } from './words.mjs';

const source = path => readFileSync(new URL(`../../demo/${path}`, import.meta.url), 'utf8');

// Names, file names and reasons are data in the language in which they were typed.
const PEOPLE = new Set(source('roster/users.csv').split('\n').slice(1).flatMap(person => person.split(',').slice(6, 9)).filter(Boolean));
const USERNAMES = new Set([...source('story.toml').matchAll(/^username = "(.+)"$/gmu)].map(([, text]) => text));
// Streams have a name in place of a group's code.
const STREAMS = source('roster/classes.csv').split(/[\n,]/u).filter(cell => /^\d[\d-]* \p{Script=Cyrillic}+$/u.test(cell));
const TYPED = [...[...source('story.toml').matchAll(/^(?:name|reason|info) = "(.+)"$/gmu)].map(([, text]) => text), ...STREAMS];
const KEYS = keys();

/** Removes data from a text, so that only the interface's words are left. */
function withoutData(text) {
  let rest = text.normalize('NFC');
  for (const typed of TYPED) rest = rest.replaceAll(typed.normalize('NFC'), '');
  return rest
    .replace(/«[^»]*»|“[^”]*”/gu, '')
    .replace(/[\p{L}’-]+/gu, word => (PEOPLE.has(word) ? '' : word))
    // Initials after a family name are removed, too.
    .replace(/(?<!\p{L})\p{Lu}\.(?=[\s,]|$)/gu, '');
}

/** Returns every visible or spoken text of the page, with the language of the element that contains it. */
const texts = page => page.evaluate(() => {
  const found = [];
  const say = (text, one) => {
    if (text?.trim()) found.push({ text: text.trim().replace(/\s+/gu, ' '), lang: one.closest('[lang]').lang, isCode: Boolean(one.closest('code, kbd')) });
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!one.matches('script, style, noscript')) say(walker.currentNode.data, one);
  }
  for (const one of document.querySelectorAll('*')) {
    for (const name of ['aria-label', 'alt', 'title', 'placeholder', 'data-l', 'data-fail']) say(one.getAttribute(name), one);
  }
  return found;
});

const shownKeys = text => [...text.matchAll(/(?<![\p{L}\d/.@-])[a-z]+(?:-[a-z\d]+)+(?![\p{L}\d/@-])/gu)].map(([word]) => word)
  .filter(word => KEYS.has(word) || word === text);

/** Returns the texts that are not in the page's language. */
function inAnotherLanguage(all, lang) {
  if (lang === 'en') {
    const foreign = all.filter(one => one.lang === 'en' && /\p{Script=Cyrillic}/u.test(withoutData(one.text)));
    return foreign.map(({ text }) => `${text} → ${withoutData(text)}`);
  }
  // A text of the interface that is only in the English files stands here by mistake.
  const english = textsWithoutValues('en');
  const own = textsWithoutValues(lang);
  return all.filter(one => one.lang === lang && !USERNAMES.has(one.text) && english.has(one.text) && !own.has(one.text)).map(({ text }) => text);
}

/** Returns what is wrong with the language and the texts of a page that was opened in a language, one line each. */
export async function wrongTexts(page, lang) {
  const all = await texts(page);
  const title = await page.title();
  return [
    ...(await page.locator('html').getAttribute('lang') === lang ? [] : ['the page declares another language']),
    ...(title.endsWith(` – ${words(lang)('brand')}`) ? [] : [`title: ${title}`]),
    ...(await page.locator('h1').count() === 1 ? [] : ['not exactly one h1']),
    ...all.filter(({ isCode }) => !isCode).flatMap(({ text }) => shownKeys(text)).map(key => `key instead of a text: ${key}`),
    ...all.filter(({ text }) => /(?<!\.)\.\.(?!\.)/u.test(text)).map(({ text }) => `two full stops: ${text}`),
    ...inAnotherLanguage(all, lang).map(text => `in another language: ${text}`),
  ];
}
