import type { Read } from './amounts.ts'

/** C0 and C1 controls but white space, marks that turn the direction of writing, lone surrogates and the replacement character. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ufffd]|\p{Cs}/u

const tag = /<[/?]?[a-z][a-z0-9:-]*(?:\s[^<>]*)?\/?>|<!|<[a-z][a-z0-9:-]*\s+[a-z-]+\s*=/i

/**
 * What a spreadsheet would compute: it begins with `=`, or with `+`, `-` or `@` and a function (`@SUM(`) or a program (`+cmd|`). Payees such as
 * `@Home` and `-5% off` are none.
 */
export const isFormula = (text: string): boolean => {
  const start = text.slice(0, 300).normalize('NFKC')
  return start.startsWith('=') || /^[+\-@]\s*(?:[\p{L}_][\p{L}\p{N}_.]*\(|.*\|)/u.test(start)
}

/** Text of one line: trimmed, its white space collapsed. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/**
 * Plain text of a file, or what is wrong with it: control characters, HTML, too many characters.
 * @param limit maximum number of characters
 */
export const readText = (text: string, limit: number): Read => {
  if (controls.test(text)) return { fault: 'has a control character, or is in another encoding' }
  if (text.includes('<') && tag.test(text)) return { fault: 'has HTML: text must be plain' }
  return text.length > limit ? { fault: `has ${text.length} characters: at most ${limit}` } : { text }
}

/** Maximum number of characters by kind of text. */
export const textLimits = { description: 500, name: 255, notes: 5000, identifier: 255, symbol: 40 } as const

/** Notes as a description: in one line, cut to its limit. */
export const firstLineOf = (notes: string): string => oneLine(notes).slice(0, textLimits.description).trim()
