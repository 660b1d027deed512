import { DomainError } from '../../shared/index.ts'
import { fold } from './fold.ts'

/** One step of a pattern: a character of a set, or a place. */
export type Step =
  | { readonly kind: 'character'; readonly accepts: (code: number) => boolean }
  | { readonly kind: 'place'; readonly place: 'begin' | 'end' | 'boundary' }

export type PatternNode =
  | Step
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly minimum: number; readonly maximum: number }

const MAXIMUM_REPEATS = 100

export const isWord = (code: number): boolean => /[\p{L}\p{N}_]/u.test(String.fromCodePoint(code))
const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isSpace = (code: number): boolean => /\s/u.test(String.fromCodePoint(code))

const classes: Readonly<Record<string, (code: number) => boolean>> = {
  d: isDigit,
  D: code => !isDigit(code),
  w: isWord,
  W: code => !isWord(code),
  s: isSpace,
  S: code => !isSpace(code),
}

const refuse = (message: string): never => {
  throw new DomainError([{ path: '', message: `is not a pattern that can be read: ${message}` }])
}

const literal = (character: string): PatternNode => ({
  kind: 'sequence',
  // A space is not trimmed.
  parts: Array.from(character === ' ' ? ' ' : fold(character), one => ({
    kind: 'character',
    accepts: code => code === one.codePointAt(0),
  })),
})

/**
 * Reads a regular expression without case and accents. It has `.`, classes, `\d \w \s \b`, `^ $`, groups, `|`, `* + ?` and `{m,n}`. It has no back
 * references and no look-around, so that each text is matched in time proportional to its length.
 * @throws DomainError that says what cannot be read
 */
export const parsePattern = (pattern: string): PatternNode => {
  const characters = Array.from(pattern)
  let at = 0
  const peek = () => characters[at]
  const take = () => characters[at++] ?? refuse('ends too early')

  const escaped = (): PatternNode => {
    const next = take()
    if (classes[next]) return { kind: 'character', accepts: classes[next] }
    if (next === 'b') return { kind: 'place', place: 'boundary' }
    if (/[A-Za-z0-9]/.test(next)) return refuse(`\\${next} is not known here`)
    return literal(next)
  }
  const bound = (): number | undefined => {
    let digits = ''
    while (peek() !== undefined && /\d/.test(peek()!)) digits += take()
    return digits === '' ? undefined : Number(digits)
  }
  const member = (): ((code: number) => boolean) => {
    const first = take()
    if (first === '\\') {
      const next = take()
      if (classes[next]) return classes[next]
      if (/[A-Za-z0-9]/.test(next)) return refuse(`\\${next} is not known here`)
      return code => code === next.codePointAt(0)
    }
    const low = (fold(first) || first).codePointAt(0)!
    if (peek() !== '-' || characters[at + 1] === ']') return code => code === low
    take()
    const last = take()
    const high = (fold(last) || last).codePointAt(0)!
    if (high < low) return refuse(`the range ${first}-${last} is empty`)
    return code => code >= low && code <= high
  }
  const characterClass = (): PatternNode => {
    const isNegated = peek() === '^'
    if (isNegated) take()
    const members = [member()]
    while (peek() !== ']') members.push(member())
    take()
    return { kind: 'character', accepts: code => members.some(accepts => accepts(code)) !== isNegated }
  }
  const group = (): PatternNode => {
    if (peek() === '?') {
      take()
      if (take() !== ':') refuse('look-around and named groups are not known here')
    }
    const inner = choice()
    if (peek() !== ')') refuse('a group is not closed')
    take()
    return inner
  }
  const atom = (): PatternNode => {
    const next = take()
    if (next === '.') return { kind: 'character', accepts: () => true }
    if (next === '^') return { kind: 'place', place: 'begin' }
    if (next === '$') return { kind: 'place', place: 'end' }
    if (next === '\\') return escaped()
    if (next === '[') return characterClass()
    if (next === '(') return group()
    if ('*+?{'.includes(next)) return refuse(`${next} has nothing to repeat`)
    return literal(next)
  }
  const counts = (): readonly [number, number] => {
    const minimum = bound() ?? refuse('{ must be followed by a number')
    let maximum: number = minimum
    if (peek() === ',') {
      take()
      maximum = bound() ?? Number.POSITIVE_INFINITY
    }
    if (take() !== '}') refuse('a { is not closed')
    const largest = Number.isFinite(maximum) ? maximum : minimum
    if (largest > MAXIMUM_REPEATS || maximum < minimum) refuse(`a part can be repeated at most ${MAXIMUM_REPEATS} times`)
    return [minimum, maximum]
  }
  const repeats: Readonly<Record<string, readonly [number, number]>> = { '*': [0, Infinity], '+': [1, Infinity], '?': [0, 1] }
  const repeated = (): PatternNode => {
    const part = atom()
    const next = peek()
    if (next === undefined || !'*+?{'.includes(next)) return part
    take()
    const [minimum, maximum] = repeats[next] ?? counts()
    // Whether a match is short or long makes no difference to whether there is one.
    if (peek() === '?') take()
    if (peek() !== undefined && '*+?{'.includes(peek()!)) refuse('a repeat cannot be repeated')
    return { kind: 'repeat', part, minimum, maximum }
  }
  const sequence = (): PatternNode => {
    const parts: PatternNode[] = []
    while (peek() !== undefined && peek() !== '|' && peek() !== ')') parts.push(repeated())
    return { kind: 'sequence', parts }
  }
  function choice(): PatternNode {
    const parts = [sequence()]
    while (peek() === '|') {
      take()
      parts.push(sequence())
    }
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts }
  }

  const whole = choice()
  if (at < characters.length) refuse('a ) has no (')
  return whole
}
