import { DomainError } from '../../../shared/index.ts'

/** What the lines before `<OFX>` say. */
export interface OfxHeader {
  /** Name of the encoding as `TextDecoder` knows it; undefined if none is named. */
  readonly encoding: string | undefined
  /** Whether the file has fields of Intuit: it is QFX. */
  readonly isQfx: boolean
}

const encodings: Readonly<Record<string, string>> = {
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  UNICODE: 'utf-8',
  'UTF-16': 'utf-16le',
  1252: 'windows-1252',
  'WINDOWS-1252': 'windows-1252',
  'ISO-8859-1': 'windows-1252',
  '8859-1': 'windows-1252',
  1250: 'windows-1250',
  'WINDOWS-1250': 'windows-1250',
}

/** US-ASCII names no encoding: banks write it above letters of any other. */
const unnamed: ReadonlySet<string> = new Set(['USASCII', 'US-ASCII', 'ASCII', 'NONE', ''])

/**
 * Reads the header of SGML (`CHARSET:1252`) or XML (`encoding="UTF-8"`).
 * @param start the beginning of the file, each byte as a character
 * @throws DomainError if it names an encoding that is not read
 */
export const readOfxHeader = (start: string): OfxHeader => {
  const header = start.slice(0, Math.max(0, start.search(/<OFX\b/i)))
  const field = (name: string): string => new RegExp(`\\b${name}\\s*(?::|=)\\s*["']?([\\w-]*)`, 'i').exec(header)?.[1]?.toUpperCase() ?? ''
  const [encoding, charset] = [field('ENCODING'), field('CHARSET')]
  const first = [encoding, charset].find(name => !unnamed.has(name))
  // `ENCODING:UNICODE` with a CHARSET names it there.
  const name = encoding === 'UNICODE' && charset in encodings ? charset : first
  if (name !== undefined && encodings[name] === undefined)
    throw new DomainError([
      { path: 'file', message: `is in the encoding ${name}: choose one of UTF-8, UTF-16, windows-1252 and windows-1250` },
    ])
  return { encoding: name === undefined ? undefined : encodings[name], isQfx: /<INTU\.BID>/i.test(start) }
}
