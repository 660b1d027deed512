import { describe, expect, test } from 'vitest'
import { Decimal } from '../../../../domain/shared/index.ts'
import { contributionRooms } from '../../../../domain/us-tax/index.ts'
import { accountOf, depositOf, factsOf, personOf } from './facts.ts'

const traditional = accountOf('traditional_ira')
const roth = accountOf('roth_ira')
const hsa = accountOf('hsa')
const dollars = (amount: number) => new Decimal(amount)
const roomsOf = (given: Parameters<typeof factsOf>[0], ...wanted: readonly (readonly [typeof roth, number])[]) => {
  const deposits = wanted.map(([account, amount]) => ({ account, amount: dollars(amount) }))
  return wanted.map(([{ id }]) => contributionRooms(factsOf(given), deposits, '2024-08-01').get(id)?.toFixed(2) ?? null)
}

describe('the room for contributions', () => {
  const sam = { people: [personOf({ wages: 90_000 })], accounts: [traditional, roth], modifiedAgi: 90_000, filingStatus: 'single' as const }

  test('is what the limit of an IRA leaves: 7,000 in 2024 (IRS Notice 2023-75), less what was put in', () => {
    expect(roomsOf({ ...sam, deposits: [depositOf(traditional, 2500)] }, [traditional, 5000])).toEqual(['4500.00'])
  })

  test('is shared by accounts: what the first takes, the next cannot', () => {
    expect(roomsOf(sam, [traditional, 5000], [roth, 5000])).toEqual(['7000.00', '2000.00'])
    expect(roomsOf(sam, [traditional, 9000], [roth, 5000])).toEqual(['7000.00', '0.00'])
  })

  test('of a Roth IRA ends with the income: none above 161,000 in 2024 (IRS Notice 2023-75)', () => {
    expect(roomsOf({ ...sam, modifiedAgi: 170_000 }, [roth, 5000], [traditional, 5000])).toEqual(['0.00', '7000.00'])
  })

  test('is not known while a fact is missing, and is no limit where there is none', () => {
    expect(roomsOf({ ...sam, people: [personOf()] }, [traditional, 5000])).toEqual([null])
    expect(roomsOf({ ...sam, accounts: [hsa] }, [hsa, 5000])).toEqual([null])
    expect(contributionRooms(factsOf(sam), [], '2024-08-01').size).toBe(0)
  })

  test('is never below zero', () => {
    expect(roomsOf({ ...sam, deposits: [depositOf(traditional, 9000)] }, [roth, 1])).toEqual(['0.00'])
  })
})
