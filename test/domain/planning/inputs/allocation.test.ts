import { describe, expect, test } from 'vitest'
import { allocation } from '../../../../domain/planning/index.ts'

const sum = (shares: Readonly<Record<string, number>>): number => Object.values(shares).reduce((total, share) => total + share, 0)

describe('an allocation', () => {
  test.each([
    ['three thirds of four digits', { stocks: 0.3333, bonds: 0.3333, cash: 0.3333 }],
    ['three thirds of three digits', { stocks: 0.333, bonds: 0.333, cash: 0.333 }],
    ['sevenths', Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(key => [key, 0.143]))],
  ])('of rounded shares is scaled to 1: %s', (_, shares) => {
    const read = allocation.parse(shares)
    expect(sum(read)).toBeCloseTo(1, 14)
    expect(new Set(Object.values(read)).size).toBe(1)
    expect(allocation.parse(read)).toEqual(read)
  })

  test('that adds up to 1 stays as it is', () => {
    const shares = { stocks: 0.1, bonds: 0.2, cash: 0.7 }
    expect(allocation.parse(shares)).toEqual(shares)
  })

  test.each([
    ['more', { stocks: 0.7, bonds: 0.31 }, 'must add up to 1 within 0.005, not to 1.01'],
    ['less', { stocks: 0.33, bonds: 0.33, cash: 0.33 }, 'must add up to 1 within 0.005, not to 0.99'],
    ['nothing', {}, 'must add up to 1 within 0.005, not to 0'],
  ])('that adds up to %s is refused with its sum', (_, shares, message) => {
    expect(allocation.safeParse(shares).error?.issues[0]?.message).toBe(message)
  })
})
