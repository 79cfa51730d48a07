// The interface's texts, read by Fluent from the files that the program itself embeds, so that no text is written twice.
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle';
import { readFileSync, readdirSync } from 'node:fs';

export const LANGUAGES = ['kk', 'ru', 'en'];

const LOCALES = new URL('../../locales/', import.meta.url);
const LIMITS = new URL('../../crates/domain/src/limits.rs', import.meta.url);
const UNITS = { KIB: 1024, MIB: 1024 * 1024 };

function readTexts(lang) {
  const bundle = new FluentBundle(lang, { useIsolating: false });
  const folder = new URL(`${lang}/`, LOCALES);
  for (const name of readdirSync(folder).filter(file => file.endsWith('.ftl'))) {
    const resource = new FluentResource(readFileSync(new URL(name, folder), 'utf8'));
    const errors = bundle.addResource(resource);
    if (errors.length > 0) throw errors[0];
    for (const message of resource.body) KEYS.add(message.id);
  }
  return bundle;
}

/** The limits of the program by constant; an `_SIZE_LIMIT` is in bytes. */
function readLimits() {
  const limits = new Map(Object.entries(UNITS));
  const factor = word => limits.get(word) ?? Number(word.replaceAll('_', ''));
  const constants = readFileSync(LIMITS, 'utf8').matchAll(/^pub const (\w+): \w+ = ([\w *]+);$/gmu);
  for (const [, name, product] of constants) {
    limits.set(name, product.split('*').map(word => factor(word.trim())).reduce((left, right) => left * right));
  }
  return limits;
}

const KEYS = new Set();
const TEXTS = new Map(LANGUAGES.map(lang => [lang, readTexts(lang)]));
const LIMIT_VALUES = readLimits();

/** The limits as variables of texts, as in `crates/web/src/i18n/limits.rs`: sizes in megabytes, digits grouped from 10 000 on. */
function limitVariables(lang) {
  const variables = {};
  for (const [name, value] of LIMIT_VALUES) {
    const shown = name.endsWith('_SIZE_LIMIT') ? value / UNITS.MIB : value;
    const grouped = String(shown).replace(/\B(?=(\d{3})+$)/gu, lang === 'en' ? ',' : '\u{a0}');
    variables[name.toLowerCase()] = shown < 10_000 ? plainNumber(shown) : grouped;
  }
  return variables;
}

const plainNumber = value => new FluentNumber(value, { useGrouping: false });

function variable(value) {
  return typeof value === 'number' ? plainNumber(value) : String(value);
}

/** Every key of every language. */
export const keys = () => new Set(KEYS);

/** Returns a function for the texts of a language: `w('left', { n: 3 })`. */
export function words(lang) {
  const bundle = TEXTS.get(lang);
  const limits = limitVariables(lang);
  return (key, values = {}) => {
    const message = bundle.getMessage(key);
    if (!message?.value) throw new Error(`${lang} has no text ${key}`);
    const typed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, variable(value)]));
    const errors = [];
    const text = bundle.formatPattern(message.value, { ...limits, ...typed }, errors);
    if (errors.length > 0) throw new Error(`${lang} ${key}: ${errors[0].message}`);
    return text;
  };
}

/** Every text of a language, with `§` in place of each value. */
export function textsWithoutValues(lang) {
  const bundle = TEXTS.get(lang);
  const values = new Proxy({}, {
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: '§' }),
    get: () => '§',
  });
  return new Set([...KEYS].map(key => bundle.formatPattern(bundle.getMessage(key).value, values)));
}

/** The texts in English, the language of most journeys. */
export const en = words('en');

/** Returns the part of a text before its first value, to recognise a message whose value does not matter. */
export function beginning(lang, key) {
  const pattern = TEXTS.get(lang).getMessage(key).value;
  const first = typeof pattern === 'string' ? pattern : pattern[0];
  return typeof first === 'string' ? first.trim() : '';
}
