// Makes a zip archive of a folder without compression, as a student information system would send it.
import { readFileSync, readdirSync } from 'node:fs';

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Returns a header of the zip format: numbers of two (`n`) or four (`N`) bytes. */
function header(layout, numbers) {
  const bytes = Buffer.alloc([...layout].reduce((sum, kind) => sum + (kind === 'n' ? 2 : 4), 0));
  let at = 0;
  for (const [place, kind] of [...layout].entries()) {
    at = kind === 'n' ? bytes.writeUInt16LE(numbers[place], at) : bytes.writeUInt32LE(numbers[place], at);
  }
  return bytes;
}

/** Returns a zip archive of a folder's files, to select in a form. */
export function zipped(folder, name) {
  const [parts, directory] = [[], []];
  let at = 0;
  for (const file of readdirSync(folder)) {
    const [called, bytes] = [Buffer.from(file), readFileSync(new URL(file, folder))];
    const about = [20, 0x800, 0, 0, 0x21, crc32(bytes), bytes.length, bytes.length, called.length, 0];
    const local = Buffer.concat([header('NnnnnnNNNnn', [0x04034b50, ...about]), called, bytes]);
    directory.push(header('NnnnnnnNNNnnnnnNN', [0x02014b50, 20, ...about, 0, 0, 0, 0, at]), called);
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const many = directory.length / 2;
  const end = header('NnnnnNNn', [0x06054b50, 0, 0, many, many, list.length, at, 0]);
  return { name, mimeType: 'application/zip', buffer: Buffer.concat([...parts, list, end]) };
}

/** Returns the demo's roster as a zip archive. */
export const demoRoster = () => zipped(new URL('../../demo/roster/', import.meta.url), 'roster.zip');
