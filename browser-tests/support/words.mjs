// The interface texts, read from the files that the program embeds, so that no text is written twice.
import { readFileSync, readdirSync } from 'node:fs';

export const LANGUAGES = ['kk', 'ru', 'en'];

const LOCALES = new URL('../../locales/', import.meta.url);

function parse(lang) {
  const texts = new Map();
  const folder = new URL(`${lang}/`, LOCALES);
  for (const name of readdirSync(folder).filter(file => file.endsWith('.ftl'))) {
    let key;
    for (const line of readFileSync(new URL(name, folder), 'utf8').split('\n')) {
      const message = /^([a-z][\w-]*)\s*=\s*(.*)$/u.exec(line);
      if (message) texts.set(key = message[1], message[2]);
      else if (key && /^\s+\S/u.test(line)) texts.set(key, `${texts.get(key)} ${line.trim()}`.trim());
      else key = undefined;
    }
  }
  return texts;
}

const TEXTS = new Map(LANGUAGES.map(lang => [lang, parse(lang)]));

/** Returns the keys of all texts in any language. */
export const keys = () => new Set([...TEXTS.values()].flatMap(texts => [...texts.keys()]));

/** Returns a function for the texts of a language: `w('left', { n: 3 })`. */
export function words(lang) {
  const texts = TEXTS.get(lang);
  return (key, values = {}) => {
    const text = texts.get(key);
    if (text === undefined) throw new Error(`${lang} has no text ${key}`);
    return text
      .replace(/\{\s*"([^"]*)"\s*\}/gu, '$1')
      .replace(/\{\s*\$(\w+)\s*\}/gu, (_, name) => {
        if (!(name in values)) throw new Error(`${key} needs ${name}`);
        return String(values[name]);
      });
  };
}

/** The texts in English, the language of most journeys. */
export const en = words('en');

/** Returns the part of a text before its first value, to recognise a message whose value does not matter. */
export function beginning(lang, key) {
  return TEXTS.get(lang).get(key).split('{')[0].trim();
}
