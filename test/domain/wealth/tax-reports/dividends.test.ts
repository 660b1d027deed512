import { describe, expect, test } from 'vitest'
import { daysHeld, qualifyingShares, testDividend } from '../../../../domain/wealth/index.ts'

const held = (from: string, until: string | null, quantity = '5000') => ({ from, until, quantity })

describe('Publication 550 (2024), chapter 1, "Qualified Dividends", "Holding period"', () => {
  // The ex-dividend date is 12 July 2024: its period is 13 May to 10 September.
  const exDate = '2024-07-12'

  test('Example 1: shares bought on 5 July and sold on 8 August were held for 34 days: none is qualified', () => {
    const holding = held('2024-07-05', '2024-08-08')
    expect(daysHeld(holding, exDate, '2024-12-31')).toBe(34)
    expect(qualifyingShares([holding], exDate, '2024-12-31')).toEqual({
      entitled: '5000',
      qualifying: '0',
      undecided: '0',
      longestDays: 34,
    })
  })

  test('Example 2: shares bought on 11 July and sold on 13 September are qualified: 61 of their days are in the period', () => {
    // 12 to 31 July are 20 days, August has 31, 1 to 10 September are 10.
    const holding = held('2024-07-11', '2024-09-13')
    expect(daysHeld(holding, exDate, '2024-12-31')).toBe(61)
    expect(qualifyingShares([holding], exDate, '2024-12-31').qualifying).toBe('5000')
  })

  test('Example 3: fund shares bought on 5 July and sold on 8 August have no qualified dividends, though the fund reports some', () => {
    const dividend = {
      amount: '200.00',
      isQualified: true,
      exDate,
      exDateSource: 'market',
      holdings: [held('2024-07-05', '2024-08-08', '10000')],
    } as const
    expect(testDividend(dividend, '2024-12-31')).toEqual({
      qualified: '0.00',
      reported: '200.00',
      byHolding: '0.00',
      note: '10000 of 10000 shares were held for at most 34 days of the 121-day period around the ex-dividend date 2024-07-12; more than 60 are needed.',
    })
  })
})

describe('the days of the holding period', () => {
  test('begin 60 days before the ex-dividend date, and are 121 for who held all the time', () => {
    expect(daysHeld(held('2020-01-01', null), '2024-07-12', '2025-01-01')).toBe(121)
  })

  test.each([
    ['the sale on the 61st day is enough', '2024-09-09', 61],
    ['the sale on the day before is not', '2024-09-08', 60],
  ])('%s', (_, until, days) => {
    // Bought on 10 July: 11 to 31 July are 21 days, August has 31, and 9 or 8 in September.
    const holding = held('2024-07-10', until)
    expect(daysHeld(holding, '2024-07-12', '2025-01-01')).toBe(days)
    expect(qualifyingShares([holding], '2024-07-12', '2025-01-01').qualifying).toBe(days > 60 ? '5000' : '0')
  })

  test('shares bought on the ex-dividend date get no dividend, shares sold on it do', () => {
    const shares = qualifyingShares([held('2024-07-12', null, '7'), held('2024-01-05', '2024-07-12', '3')], '2024-07-12', '2025-01-01')
    expect(shares).toEqual({ entitled: '3', qualifying: '3', undecided: '0', longestDays: null })
  })

  test('are fewer by those on which as many shares were sold short', () => {
    // 121 days, less the 61 of 1 June to 31 July; a short sale from before the period takes the days from 13 to 31 May.
    const june = { from: '2024-06-01', until: '2024-07-31' }
    const may = { from: '2024-01-15', until: '2024-05-31' }
    expect(daysHeld({ ...held('2020-01-01', null), uncounted: [june] }, '2024-07-12', '2025-01-01')).toBe(60)
    expect(daysHeld({ ...held('2020-01-01', null), uncounted: [may, june] }, '2024-07-12', '2025-01-01')).toBe(41)
    // A short sale that is still open leaves the days before it.
    const open = { from: '2024-08-31', until: null }
    expect(daysHeld({ ...held('2020-01-01', null), uncounted: [open] }, '2024-07-12', '2025-01-01')).toBe(110)
  })

  test('shares that are still held qualify, and are undecided until the period is reached', () => {
    const shares = qualifyingShares([held('2024-07-01', null, '10')], '2024-07-12', '2024-07-31')
    expect(shares).toMatchObject({ qualifying: '10', undecided: '10' })
  })
})

describe('a dividend', () => {
  const exDate = '2024-07-12'
  const dividend = {
    amount: '100.00',
    isQualified: true,
    exDate,
    exDateSource: 'market' as const,
    holdings: [held('2020-01-01', null, '1'), held('2024-07-05', '2024-08-08', '2')],
  }

  test('is qualified in part: one of three shares was held long enough', () => {
    const { byHolding, note, qualified } = testDividend(dividend, '2024-12-31')
    expect([qualified, byHolding]).toEqual(['33.33', '33.33'])
    expect(note).toMatch(/^2 of 3 shares were held for at most 34 days/)
  })

  test('that the payer does not call qualified is not, however long the shares were held', () => {
    expect(testDividend({ ...dividend, isQualified: false }, '2024-12-31')).toEqual({
      qualified: '0.00',
      reported: '0.00',
      byHolding: '33.33',
      note: null,
    })
    const unknown = testDividend({ ...dividend, isQualified: null }, '2024-12-31')
    expect(unknown).toMatchObject({ qualified: '0.00', byHolding: '33.33' })
    expect(unknown.note).toBe('The payer does not say whether it is qualified. 1 of 3 shares fulfil the holding period.')
  })

  test('of shares that the ledger does not have takes the flag of the payer, and says so', () => {
    for (const holdings of [null, []])
      expect(testDividend({ ...dividend, holdings }, '2024-12-31')).toEqual({
        qualified: '100.00',
        reported: '100.00',
        byHolding: null,
        note: 'The payer’s flag was taken: the ledger does not say how long the shares were held.',
      })
  })

  test('without an ex-dividend date says that the pay date was taken', () => {
    const { note } = testDividend({ ...dividend, exDateSource: 'pay_date', holdings: [held('2020-01-01', null)] }, '2024-12-31')
    expect(note).toBe('The holding period was counted around the pay date 2024-07-12, because the ex-dividend date is not known.')
  })
})
