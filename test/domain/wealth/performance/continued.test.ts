import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { followAccounts, type HistoryState } from '../../../../domain/wealth/index.ts'
import { sumAccounts } from '../../../../domain/wealth/net-worth/index.ts'
import { anyLedger } from './generated-ledgers.ts'

type Input = Parameters<typeof followAccounts>[0]

const anyFollowed: fc.Arbitrary<Input> = anyLedger('EUR').chain(ledger =>
  fc
    .record({
      sources: fc.array(fc.constantFrom('ledger' as const, 'stated' as const), {
        minLength: ledger.accounts.length,
        maxLength: ledger.accounts.length,
      }),
      statements: fc.array(
        fc.record({
          place: fc.nat(ledger.accounts.length - 1),
          day: fc.integer({ min: ledger.firstDay, max: ledger.lastDay }),
          balance: fc.integer({ min: -10_000, max: 100_000 }),
        }),
        { maxLength: 8 },
      ),
    })
    .map(({ sources, statements }) => {
      const dated = new Map(
        statements.map(({ balance, day, place }) => [`${place} ${day}`, { accountId: ledger.accounts[place]!.id, day, balance }]),
      )
      return {
        ...ledger,
        accounts: ledger.accounts.map((account, place) => ({ ...account, balanceSource: sources[place]! })),
        statements: [...dated.values()].toSorted((one, other) => one.day - other.day),
      }
    }),
)

const stored = (state: HistoryState) => JSON.parse(JSON.stringify(state)) as HistoryState

/** The history after a state: of events, statements and closes, what came before it is left out. */
const continued = (input: Input, state: HistoryState, checkpoints: readonly number[] = []) => {
  const known = new Map(state.quotes.map(({ symbol, until }) => [symbol, until]))
  return followAccounts({
    ...input,
    firstDay: state.day + 1,
    state,
    checkpoints,
    events: input.events.filter(({ day }) => day > state.day),
    transfers: input.events,
    statements: input.statements.filter(({ day }) => day > state.day),
    prices: new Map(
      [...input.prices].map(([symbol, prices]) => {
        const isKept = (_: number, place: number) => prices.days[place]! > (known.get(symbol) ?? 0)
        return [symbol, { ...prices, days: prices.days.filter(isKept), closes: prices.closes.filter(isKept) }]
      }),
    ),
  })
}

test('a history that continues a state is the one from the beginning', () => {
  let compared = 0
  const twoDays = fc.tuple(fc.nat(268), fc.integer({ min: 1, max: 268 }))
  fc.assert(
    fc.property(anyFollowed, twoDays, fc.option(fc.nat(275), { nil: undefined }), (input, [first, between], closedDay) => {
      const [early, day] = [input.firstDay + first, input.firstDay + Math.min(first + between, 270)]
      const whole = followAccounts({ ...input, checkpoints: [early, day] })
      expect(whole.states.map(state => state.day)).toEqual([early, day])
      // The later state comes from a history that continues the earlier one.
      const { states } = continued(input, stored(whole.states[0]!), [day])
      const rest = continued(input, stored(states[0]!))
      const closedDays = new Map(closedDay === undefined ? [] : [['euros', input.firstDay + closedDay]])
      const accounts = new Map(sumAccounts(rest, closedDays).map(account => [account.accountId, account]))
      for (const account of sumAccounts(whole, closedDays)) {
        const part = accounts.get(account.accountId)
        for (const kind of ['value', 'flow', 'income', 'fees', 'priceGain', 'currencyGain'] as const) {
          const wanted = account[kind].subarray(day - input.firstDay + 1)
          if (wanted.some(amount => amount !== 0)) compared += 1
          expect([...(part?.[kind] ?? new Float64Array(wanted.length))]).toEqual([...wanted])
        }
      }
      expect(rest.lastPrices.filter(({ symbol }) => !whole.lastPrices.some(last => last.symbol === symbol))).toEqual([])
    }),
    { numRuns: 300 },
  )
  expect(compared).toBeGreaterThan(1000)
})

test('a state must be of the day before', () => {
  const input = { currency: 'USD', accounts: [], events: [], statements: [], prices: new Map(), rates: () => undefined }
  const state = { day: 9, holdings: [], quotes: [], splits: [], stated: [] }
  expect(() => followAccounts({ ...input, firstDay: 11, lastDay: 12, state })).toThrow('the state must be of the day before firstDay')
})
