import { describe, expect, test } from 'vitest'
import { type HoldingRecords, holdingsByLots, qualifyingShares, type StoredHolding } from '../../../../domain/wealth/index.ts'

const lot = (openedOn: string, quantity: string, more: Partial<StoredHolding> = {}): StoredHolding => ({
  accountId: 'A',
  symbol: 'XYZ',
  openedAccountId: 'A',
  openedSymbol: 'XYZ',
  openedOn,
  movedOn: null,
  isMerged: false,
  from: openedOn,
  until: null,
  quantity,
  isShort: false,
  ...more,
})
const short = (from: string, quantity: string, until: string | null): StoredHolding => lot(from, quantity, { isShort: true, until })
const holdings = (lots: readonly StoredHolding[], more: Partial<HoldingRecords> = {}) =>
  holdingsByLots({ holdings: lots, splits: [], unknown: [], waiting: [], ...more })
const paid = (accountId = 'A', symbol: string | null = 'XYZ') => ({ accountId, symbol })
const counts = (of: ReturnType<typeof holdings>, exDate: string, payment = paid()) => {
  const { entitled, qualifying } = qualifyingShares(of(payment, exDate) ?? [], exDate, '2025-12-31')
  return [entitled, qualifying]
}

describe('the holding days of a dividend, by stored lots', () => {
  test('are those of the lots that a sale has taken', () => {
    // 19 days of the shares that were bought on 1 July: 2 to 20 July. Who sold those has 30 shares that qualify of 40, who sold old ones 40.
    const newest = [lot('2024-01-05', '30'), lot('2024-07-01', '10', { until: '2024-07-20' })]
    expect(counts(holdings(newest), '2024-07-12')).toEqual(['40', '30'])
    const oldest = [lot('2024-01-05', '20'), lot('2024-01-05', '10', { until: '2024-07-20' }), lot('2024-07-01', '10')]
    expect(counts(holdings(oldest), '2024-07-12')).toEqual(['40', '40'])
  })

  test('go with a transfer: the dividend is paid where the shares were on its day', () => {
    const of = holdings([
      lot('2024-01-05', '10', { accountId: 'B', movedOn: '2024-07-10' }),
      lot('2024-07-05', '5', { until: '2024-07-15' }),
    ])
    expect(counts(of, '2024-07-10')).toEqual(['15', '10'])
    expect(counts(of, '2024-07-12')).toEqual(['5', '0'])
    expect(counts(of, '2024-07-12', paid('B'))).toEqual(['10', '10'])
    expect(of(paid('B'), '2024-07-10')).toEqual([])
  })

  test('begin with those of a giver, and the dividend with the gift', () => {
    const of = holdings([lot('2024-07-10', '10', { from: '2019-03-01' })])
    expect(counts(of, '2024-07-12')).toEqual(['10', '10'])
    expect(of(paid(), '2024-07-10')).toEqual([])
  })

  test('go on under a new name of the security, and are not known before a merger', () => {
    const renamed = { symbol: 'NEW', movedOn: '2024-08-01' }
    const of = holdings([lot('2024-01-05', '10', renamed)])
    expect(counts(of, '2024-07-12')).toEqual(['10', '10'])
    expect(counts(of, '2024-08-12', paid('A', 'NEW'))).toEqual(['10', '10'])
    const merged = holdings([lot('2024-01-05', '5', { ...renamed, isMerged: true })])
    expect(merged(paid(), '2024-07-12')).toBeNull()
    expect(counts(merged, '2024-08-12', paid('A', 'NEW'))).toEqual(['5', '5'])
  })

  test('are of shares on the ex-dividend date: a split in between is undone, one after the sale is not', () => {
    const splits = [{ symbol: 'XYZ', date: '2024-07-16', numerator: 2, denominator: 1 }]
    const lots = [lot('2024-01-05', '60'), lot('2024-07-01', '10', { until: '2024-07-15' })]
    expect(counts(holdings(lots, { splits }), '2024-07-12')).toEqual(['40', '30'])
  })

  test.each([
    ['shares were sold that no lot has', { unknown: [{ accountId: 'A', symbol: 'XYZ', date: '2024-07-20' }] }],
    ['the lots are being calculated', { waiting: ['XYZ'] }],
  ])('are not known if %s', (_, more) => {
    expect(holdings([lot('2024-01-05', '10')], more)(paid(), '2024-07-12')).toBeNull()
  })

  test('are known after unknown shares have left, and in other accounts', () => {
    const unknown = [{ accountId: 'A', symbol: 'XYZ', date: '2024-07-11' }]
    expect(counts(holdings([lot('2024-01-05', '10')], { unknown }), '2024-07-12')).toEqual(['10', '10'])
    expect(holdings([])(paid('A', null), '2024-07-12')).toBeNull()
  })
})

describe('IRC 246(c)(4): days on which as many shares were sold short do not count', () => {
  // The period of 12 July 2024 is 13 May to 10 September. A short sale from 1 June to 31 July takes 61 of its 121 days: 60 are left.
  const sold = (quantity: string) => short('2024-06-01', quantity, '2024-07-31')

  test('of the shares that were acquired first', () => {
    const of = holdings([lot('2024-01-05', '30'), lot('2024-02-05', '10'), sold('25')])
    expect(counts(of, '2024-07-12')).toEqual(['40', '15'])
    expect(of(paid(), '2024-07-12')).toEqual([
      { from: '2024-01-05', until: null, quantity: '25', uncounted: [{ from: '2024-06-01', until: '2024-07-31' }] },
      { from: '2024-01-05', until: null, quantity: '5', uncounted: [] },
      { from: '2024-02-05', until: null, quantity: '10', uncounted: [] },
    ])
  })

  test('in all accounts that are taxed', () => {
    const of = holdings([lot('2024-01-05', '30'), { ...sold('30'), accountId: 'B', openedAccountId: 'B' }])
    expect(counts(of, '2024-07-12')).toEqual(['30', '0'])
  })

  test('once for each share: two short sales at the same time need twice as many', () => {
    const of = holdings([lot('2024-01-05', '30'), sold('10'), short('2024-07-31', '10', '2024-08-05')])
    expect(counts(of, '2024-07-12')).toEqual(['30', '20'])
    expect(of(paid(), '2024-07-12')!.map(({ quantity, uncounted }) => [quantity, uncounted?.length])).toEqual([
      ['10', 1],
      ['10', 1],
      ['10', 0],
    ])
  })

  test('a short sale before the purchase, or after the sale, takes nothing', () => {
    const of = holdings([
      lot('2024-02-05', '10', { until: '2024-09-20' }),
      short('2023-12-01', '10', '2024-02-04'),
      short('2024-09-21', '10', null),
    ])
    expect(counts(of, '2024-07-12')).toEqual(['10', '10'])
  })
})
