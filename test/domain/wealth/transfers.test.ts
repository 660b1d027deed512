import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignPairs, type Edge, matchTransfers, type TransferAccount, type TransferTransaction } from '../../../domain/wealth/index.ts'

const account = (id: string, change: Partial<TransferAccount> = {}): TransferAccount => ({
  id,
  name: id,
  type: 'checking',
  mask: null,
  institutionName: null,
  currency: 'USD',
  ...change,
})
const accounts = [
  account('checking', { name: 'Everyday', mask: '1111' }),
  account('savings', { name: 'Rainy Day', type: 'savings', mask: '2222' }),
  account('card', { name: 'Blue Card', type: 'credit_card', mask: '3333' }),
  account('euro', { currency: 'EUR' }),
]
let count = 0
const flow = (accountId: string, date: string, amount: string, change: Partial<TransferTransaction> = {}): TransferTransaction => ({
  id: `t${String((count += 1)).padStart(4, '0')}`,
  accountId,
  date,
  amount,
  description: 'Online transfer',
  merchantName: null,
  category: 'other',
  transferAccountId: null,
  ...change,
})

describe('matching transfers', () => {
  it('pairs opposite amounts within days, and says why', () => {
    const out = flow('checking', '2026-03-01', '-500.00', { description: 'Online Transfer to Rainy Day ...2222' })
    const into = flow('savings', '2026-03-02', '500.00', { description: 'Transfer from xxxx1111' })
    const [pair, ...others] = matchTransfers(accounts, [into, out])
    expect(others).toEqual([])
    expect(pair).toMatchObject({ outflowId: out.id, inflowId: into.id })
    expect(pair!.confidence).toBeGreaterThan(0.9)
    expect(pair!.reasons).toEqual(expect.arrayContaining(['equal_amounts', 'near_days', 'transfer_words', 'names_other_account']))
  })

  it.each([
    ['too many days', flow('savings', '2026-03-07', '500.00')],
    ['another amount', flow('savings', '2026-03-01', '500.01')],
    ['the same account', flow('checking', '2026-03-01', '500.00')],
    ['the same direction', flow('savings', '2026-03-01', '-500.00')],
    ['another currency without a rate', flow('euro', '2026-03-01', '500.00')],
    ['an unknown account', flow('elsewhere', '2026-03-01', '500.00')],
  ])('leaves %s alone', (_, other) => {
    expect(matchTransfers(accounts, [flow('checking', '2026-03-01', '-500.00'), other])).toEqual([])
  })

  it('does not take a purchase and a refund of the same amount for a transfer', () => {
    const bought = flow('card', '2026-03-01', '-20.00', { description: 'Corner shop', category: 'shopping' })
    const refund = flow('checking', '2026-03-02', '20.00', { description: 'Refund', category: 'shopping' })
    expect(matchTransfers(accounts, [bought, refund])).toEqual([])
  })

  it('knows the payment of a card', () => {
    const out = flow('checking', '2026-03-01', '-310.55', { description: 'BLUE CARD AUTOPAY' })
    const into = flow('card', '2026-03-03', '310.55', { description: 'PAYMENT THANK YOU' })
    expect(matchTransfers(accounts, [out, into])[0]!.reasons).toContain('card_payment')
  })

  it('uses the rate between currencies within its tolerance', () => {
    const out = flow('checking', '2026-03-01', '-1000.00')
    const rateOf = (from: string, to: string) => (from === 'USD' && to === 'EUR' ? 0.9 : undefined)
    const within = matchTransfers(accounts, [out, flow('euro', '2026-03-01', '885.00')], { rateOf })
    expect(within[0]!.reasons).toContain('amounts_at_the_rate')
    expect(matchTransfers(accounts, [out, flow('euro', '2026-03-01', '850.00')], { rateOf })).toEqual([])
  })

  it('is less sure of a pair at the rate than of an equal one, and takes the rate of the day of the outflow', () => {
    const rateOf = (from: string, to: string, date: string) =>
      from === 'USD' && to === 'EUR' ? (date < '2026-03-10' ? 0.8 : 1) : undefined
    const out = flow('checking', '2026-03-02', '-1000.00')
    const [exchanged] = matchTransfers(accounts, [out, flow('euro', '2026-03-02', '800.00')], { rateOf })
    const [equal] = matchTransfers(accounts, [out, flow('savings', '2026-03-02', '1000.00')], { rateOf })
    expect(exchanged!.confidence).toBeLessThan(equal!.confidence)
    expect(
      matchTransfers(accounts, [flow('checking', '2026-03-10', '-1000.00'), flow('euro', '2026-03-10', '800.00')], { rateOf }),
    ).toEqual([])
  })

  it('prefers the nearest date among equals, and pairs each transaction once', () => {
    const [one, two] = [flow('checking', '2026-03-01', '-100.00'), flow('checking', '2026-03-03', '-100.00')]
    const [first, second] = [flow('savings', '2026-03-01', '100.00'), flow('savings', '2026-03-03', '100.00')]
    const pairs = matchTransfers(accounts, [second, two, first, one])
    expect(pairs.map(({ inflowId, outflowId }) => [outflowId, inflowId])).toEqual([
      [one.id, first.id],
      [two.id, second.id],
    ])
  })

  it('leaves out pairs that were dismissed, and takes the account that a rule has named', () => {
    const out = flow('checking', '2026-03-01', '-100.00', { transferAccountId: 'card', description: 'x' })
    const [savings, card] = [flow('savings', '2026-03-01', '100.00'), flow('card', '2026-03-04', '100.00', { description: 'x' })]
    expect(matchTransfers(accounts, [out, savings, card]).map(({ inflowId }) => inflowId)).toEqual([card.id])
    expect(matchTransfers(accounts, [out, card], { isExcluded: (_, inflow) => inflow === card.id })).toEqual([])
  })

  it('has the same result for every order', () => {
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-05']
    const any = fc.array(
      fc.record({
        accountId: fc.constantFrom('checking', 'savings', 'card'),
        date: fc.constantFrom(...days),
        amount: fc.constantFrom('-5.00', '5.00', '-7.00', '7.00'),
      }),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(any, fc.infiniteStream(fc.nat()), (list, keys) => {
        const flows = list.map((one, index) => ({ ...flow(one.accountId, one.date, one.amount), id: `t${String(index).padStart(3, '0')}` }))
        const pairs = matchTransfers(accounts, flows)
        const ids = pairs.flatMap(({ inflowId, outflowId }) => [outflowId, inflowId])
        expect(new Set(ids).size).toBe(ids.length)
        const shuffled = flows.map(one => ({ one, key: keys.next().value as number })).toSorted((a, b) => a.key - b.key)
        expect(
          matchTransfers(
            accounts,
            shuffled.map(({ one }) => one),
          ),
        ).toEqual(pairs)
      }),
    )
  })
})

/** The largest total worth of pairs, by trying all. */
const bestOf = (edges: readonly Edge[]): number => {
  const [first, ...rest] = edges
  if (!first) return 0
  const taken = first.worth + bestOf(rest.filter(({ column, row }) => row !== first.row && column !== first.column))
  return Math.max(taken, bestOf(rest))
}

describe('assigning pairs', () => {
  it('finds the largest total worth', () => {
    const place = fc.integer({ min: 0, max: 4 })
    const anyEdges = fc.uniqueArray(fc.record({ row: place, column: place, worth: fc.integer({ min: 1, max: 9 }) }), {
      selector: ({ column, row }) => row * 10 + column,
      maxLength: 12,
    })
    fc.assert(
      fc.property(anyEdges, edges => {
        const chosen = assignPairs(edges)
        expect(chosen.reduce((sum, { worth }) => sum + worth, 0)).toBe(bestOf(edges))
        expect(new Set(chosen.map(({ row }) => row)).size).toBe(chosen.length)
        expect(new Set(chosen.map(({ column }) => column)).size).toBe(chosen.length)
      }),
      { numRuns: 500 },
    )
  })
})
