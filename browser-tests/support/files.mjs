// Programme documents to upload: documents of the demo, with changed bytes where a test needs a new document.
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

const FOLDER = new URL('../../demo/programmes/', import.meta.url);
const TYPES = { '.pdf': 'application/pdf', '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' };

/**
 * Returns the same document with other bytes: a comment is added after the end of a PDF, or to the directory of a DOCX.
 */
function marked(bytes, ending, mark) {
  const note = Buffer.from(mark);
  if (ending === '.pdf') return Buffer.concat([bytes, Buffer.from('%'), note, Buffer.from('\n')]);
  const directory = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const head = Buffer.from(bytes);
  head.writeUInt16LE(note.length, directory + 20);
  return Buffer.concat([head.subarray(0, directory + 22), note]);
}

/** Returns a document of the demo as a file to upload; with a `mark`, the site has no document with the same bytes. */
export function programme(source, name = source, mark) {
  const bytes = readFileSync(new URL(source, FOLDER));
  const ending = extname(source);
  return { name, mimeType: TYPES[ending], buffer: mark === undefined ? bytes : marked(bytes, ending, mark) };
}

/** Returns a file with any bytes. */
export const file = (name, bytes, mimeType = 'application/octet-stream') => ({ name, mimeType, buffer: Buffer.from(bytes) });

/** Returns a PDF that asks for a password: its trailer refers to an encryption dictionary. */
export function lockedPdf(source, name) {
  const { buffer, ...rest } = programme(source, name);
  const place = buffer.lastIndexOf('<<', buffer.lastIndexOf('startxref')) + 2;
  return { ...rest, buffer: Buffer.concat([buffer.subarray(0, place), Buffer.from('/Encrypt 9 0 R '), buffer.subarray(place)]) };
}

/** Returns a DOCX with macros: one of its parts has the name that Word gives to macros. */
export function macroDocx(source, name) {
  const { buffer, ...rest } = programme(source, name);
  const [part, macros] = ['word/styles.xml', 'wvbaProject.bin'];
  const bytes = Buffer.from(buffer);
  for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + 1)) bytes.write(macros, at, 'latin1');
  return { ...rest, buffer: bytes };
}

/** Returns the first half of a document, as an interrupted copy would leave it. */
export function half(source, name) {
  const { buffer, ...rest } = programme(source, name);
  return { ...rest, buffer: buffer.subarray(0, buffer.length >> 1) };
}
