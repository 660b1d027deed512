import { describe, expect, it } from 'vitest'
import { compilePattern, fold } from '../../../../domain/wealth/index.ts'

const finds = (pattern: string, text: string): boolean => compilePattern(pattern)(fold(text))

describe('a pattern', () => {
  it.each([
    ['amazon|amzn', 'AMZN Mktp US*2K4', true],
    ['^uber (eats|trip)$', 'Uber   Eats', true],
    ['^uber$', 'uber eats', false],
    ['\\d{4}-\\d{2}', 'ref 2026-03', true],
    ['\\d{4,}', 'ref 123', false],
    ['caf[eé]', 'CAFÉ NERO', true],
    ['\\bpay\\b', 'paypal', false],
    ['a.c', 'abc', true],
    ['colou?r', 'color', true],
    ['[^0-9]+$', 'abc1', false],
    ['x{2,3}y', 'xxxxy', true],
    ['^(?:ab)*$', 'ababab', true],
    ['\\$5', 'costs $5', true],
    ['[\\d-]+x', '1-2x', true],
  ])('%s in "%s": %s', (pattern, text, expected) => {
    expect(finds(pattern, text)).toBe(expected)
  })

  it.each(['(', ')', '[a', '*a', 'a**', 'a{1001}', 'a{2,1}', '(?=a)', '(?<n>a)', '\\1', '\\', '[z-a]', '((a{100}){100})'])(
    'refuses %s',
    pattern => {
      expect(() => compilePattern(pattern)).toThrow(/pattern/)
    },
  )

  it('takes time in proportion to the text for a pattern that makes backtracking engines hang', () => {
    const search = compilePattern('^(a+)+$')
    const text = `${'a'.repeat(20_000)}b`
    expect(search(text)).toBe(false)
    expect(search('a'.repeat(20_000))).toBe(true)
  })
})
