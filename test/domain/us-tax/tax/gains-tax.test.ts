import { describe, expect, test } from 'vitest'
import { gainsTax, missingForGainsTax, type StatedReturn } from '../../../../domain/us-tax/index.ts'

/** 2025: wages of 100,000 less the standard deduction of 15,750 are 84,250, in the 22 % bracket, with gains taxed at 15 %. */
const single: StatedReturn = {
  year: 2025,
  filingStatus: 'single',
  livedApart: null,
  state: null,
  ordinaryIncome: null,
  itemizedDeductions: null,
  shortTermLossCarryover: 0,
  longTermLossCarryover: 0,
  qualifiedDividends: 0,
  people: [{ age: 50, wages: 100_000, selfEmployment: null }],
}
const changed = (changes: Partial<StatedReturn>, from: readonly [number, number], to: readonly [number, number]): number => {
  const { taxOf } = gainsTax({ ...single, ...changes })
  const tax = ([shortTerm, longTerm]: readonly [number, number]) => taxOf({ shortTerm, longTerm }).tax
  return tax(to) - tax(from)
}

describe('the tax of gains by the brackets of a return', () => {
  test.each([
    ['a short-term gain has the ordinary rate', {}, [0, 0], [1000, 0], 220],
    ['a long-term gain has the rate for gains', {}, [0, 0], [0, 1000], 150],
    ['IRC 1211(b): a loss above 3,000 saves no more', {}, [0, 0], [-10_000, 0], -660],
    ['IRC 1211(b): 1,500 on a separate return', { filingStatus: 'marriedFilingSeparately' }, [0, 0], [-10_000, 0], -330],
    ['a short-term loss that meets a long-term gain saves its rate', {}, [0, 2000], [-2000, 2000], -300],
    ['a long-term loss that meets a short-term gain saves the ordinary rate', {}, [2000, 0], [2000, -2000], -440],
    ['a loss of an earlier year takes the gain', { longTermLossCarryover: 5000 }, [0, 0], [0, 2000], 0],
    // 84,250 of gains alone: 48,350 at nothing, the rest at 15 %.
    ['income below the first threshold pays nothing on gains', { people: [], ordinaryIncome: 20_000 }, [0, 0], [0, 10_000], 0],
    // Two returns: 31,500 of deduction, 168,500 taxable, still 22 %.
    [
      'spouses have both wages on a joint return',
      { filingStatus: 'marriedFilingJointly', people: [single.people[0]!, single.people[0]!] },
      [0, 0],
      [1000, 0],
      220,
    ],
    ['a state adds its rate', { state: 'IL' }, [0, 0], [1000, 0], 220 + 49.5],
  ] as const)('%s', (_, changes, from, to, expected) => {
    expect(changed(changes, from, to)).toBeCloseTo(expected, 6)
  })

  test('the rest of a loss is carried', () => {
    expect(gainsTax(single).taxOf({ shortTerm: -4000, longTerm: -6000 }).carriedLoss).toBe(7000)
  })

  test('the order of the questions changes no answer', () => {
    const { taxOf } = gainsTax(single)
    const before = taxOf({ shortTerm: 500, longTerm: -100 })
    taxOf({ shortTerm: -9999, longTerm: 12_345 })
    expect(taxOf({ shortTerm: 500, longTerm: -100 })).toEqual(before)
  })

  test('what is missing is named, and nothing is guessed for it', () => {
    const nothing: StatedReturn = { ...single, filingStatus: null, state: 'XX', people: [{ age: null, wages: null, selfEmployment: null }] }
    expect(missingForGainsTax(nothing)).toEqual(['filing_status', 'income', 'state'])
    expect(missingForGainsTax({ ...single, year: 2001 })).toEqual(['year'])
    expect(missingForGainsTax({ ...single, people: [], ordinaryIncome: 0 })).toEqual([])
    expect(() => gainsTax(nothing)).toThrow('The tax needs filing_status, income, state.')
  })
})
