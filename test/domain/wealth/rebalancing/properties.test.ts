import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal } from '../../../../domain/shared/index.ts'
import { calculateLots, unitsOf } from '../../../../domain/wealth/index.ts'
import { rebalance, type RebalancingInput, type RebalancingProposal } from '../../../../domain/wealth/rebalancing/index.ts'
import { anyHousehold } from './generated-households.ts'

const RUNS = { numRuns: 500 }
const cents = (amount: string): number => new Decimal(amount).times(100).toNumber()
const isTaxable = ({ accounts }: RebalancingInput, id: string): boolean =>
  accounts.some(each => each.id === id && each.treatment === 'taxable')

const forAny = (check: (input: RebalancingInput, proposal: RebalancingProposal) => void): void =>
  fc.assert(
    fc.property(anyHousehold, input => check(input, rebalance(input))),
    RUNS,
  )

describe('for any household', () => {
  test('the households have trades and skips of every kind', () => {
    const proposals = fc.sample(anyHousehold, { numRuns: 600, seed: 1 }).map(input => rebalance(input))
    const trades = new Set(proposals.flatMap(proposal => proposal.trades.map(({ reason }) => reason)))
    const skips = new Set(proposals.flatMap(proposal => proposal.skips.map(({ reason }) => reason)))
    expect([...trades].toSorted()).toEqual([
      'cash_need',
      'harvest_loss',
      'harvest_replacement',
      'invest_cash',
      'over_target',
      'under_target',
    ])
    expect(skips.size).toBeGreaterThan(12)
    expect(proposals.filter(({ classes }) => classes.every(({ isInside }) => isInside)).length).toBeGreaterThan(20)
  })

  test('every class is inside of its band, or a skip says why not', () => {
    forAny((_, { classes, skips }) => {
      const total = classes.reduce((sum, { after }) => sum + after, 0)
      expect(total === 0 || Math.abs(total - 1) < 1e-9).toBe(true)
      for (const { after, assetClass, isInside, lower, upper } of classes) {
        if (total > 0 && (after < lower || after > upper) && isInside) expect(Math.max(lower - after, after - upper)).toBeLessThan(0.05)
        if (!isInside)
          expect(skips.filter(skip => skip.accountId === null && skip.assetClass === assetClass && skip.symbol === null)).toHaveLength(1)
      }
    })
  })

  test('the cash of each account adds up to the cent and stays above its minimum, or a skip says how much is missing', () => {
    forAny(({ accounts }, { cash, skips, trades }) => {
      for (const { accountId, added, after, before, bought, sold, withdrawn } of cash) {
        const { contributionRoom, minimumCash, newCash } = accounts.find(({ id }) => id === accountId)!
        const sum = (side: string): number =>
          trades.reduce((total, trade) => total + (trade.accountId === accountId && trade.side === side ? cents(trade.amount) : 0), 0)
        expect(cents(sold)).toBe(sum('sell'))
        expect(cents(bought)).toBe(sum('buy'))
        expect(cents(after)).toBe(cents(before) + cents(added) + cents(sold) - cents(bought) - cents(withdrawn))
        expect(cents(added)).toBe(Math.min(cents(newCash!), contributionRoom ? cents(contributionRoom) : Number.POSITIVE_INFINITY))
        expect(cents(after)).toBeGreaterThanOrEqual(0)
        const isShort = skips.some(skip => skip.accountId === accountId && skip.reason === 'cash_short')
        if (!isShort) expect(cents(after)).toBeGreaterThanOrEqual(cents(minimumCash!))
      }
    })
  })

  test('no security, nor an identical one, is sold at a loss and bought; nor is one bought after a loss, nor sold at a loss after a purchase', () => {
    forAny(({ today, washSales }, { trades }) => {
      const paired = washSales.identicalPairs.length > 0
      const familyOf = (symbol: string): string => (paired && symbol === 'BBB' ? 'AAA' : symbol)
      const days = (from: string): number => (Date.parse(today) - Date.parse(from)) / 86_400_000
      // A cent may be lost by rounding.
      const losses = trades.flatMap(({ lots, symbol }) =>
        lots
          .filter(({ gain, quantity }) => gain !== null && cents(gain) < -1 && quantity !== '0')
          .map(({ openedBy }) => ({ openedBy, family: familyOf(symbol) })),
      )
      const bought = new Set(trades.filter(({ side }) => side === 'buy').map(({ symbol }) => familyOf(symbol)))
      for (const { family, openedBy } of losses) {
        expect(bought.has(family)).toBe(false)
        const others = washSales.purchases.filter(
          purchase =>
            familyOf(purchase.symbol) === family &&
            purchase.openedBy !== openedBy &&
            days(purchase.boughtOn) <= 30 &&
            purchase.quantity !== '0',
        )
        expect(others).toEqual([])
      }
      for (const { soldOn, symbol } of washSales.losses) if (days(soldOn) <= 30) expect(bought.has(familyOf(symbol))).toBe(false)
    })
  })

  test('gains stay within the budget, and short-term ones out where they are avoided', () => {
    forAny(({ rules }, { realised, trades }) => {
      const net = cents(realised.short) + cents(realised.long)
      const sum = trades.flatMap(({ lots }) => lots).reduce((total, { gain }) => total + (gain === null ? 0 : cents(gain)), 0)
      expect(sum).toBe(net)
      if (rules.gainsBudget !== null) expect(net).toBeLessThanOrEqual(cents(rules.gainsBudget))
      if (rules.avoidShortTerm)
        for (const { lots } of trades)
          for (const { gain, isLong } of lots) if (!isLong && gain !== null) expect(cents(gain)).toBeLessThanOrEqual(1)
    })
  })

  test('no more is sold than is held, no marked holding, and whole shares where no others are traded', () => {
    forAny((input, { trades }) => {
      for (const { accountId, amount, lots, quantity, side, symbol } of trades) {
        const security = input.securities.find(each => each.symbol === symbol)!
        const account = input.accounts.find(({ id }) => id === accountId)!
        const units = unitsOf(quantity)
        expect(units > 0n).toBe(true)
        expect(cents(amount)).toBe(
          new Decimal(quantity).times(security.price!).times(100).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber(),
        )
        expect(cents(amount)).toBeGreaterThanOrEqual(cents(input.rules.minimumTrade))
        expect(account.canTrade).toBe(true)
        if (security.isWhole || !account.allowsFractions) expect(units % 10n ** 18n).toBe(0n)
        if (side === 'buy') {
          if (account.allowedSymbols) expect(account.allowedSymbols).toContain(symbol)
          continue
        }
        const held = input.holdings.find(each => each.accountId === accountId && each.symbol === symbol)!
        expect(held.doNotSell).toBe(false)
        expect(units <= unitsOf(held.quantity)).toBe(true)
        if (isTaxable(input, accountId)) expect(lots.reduce((sum, lot) => sum + unitsOf(lot.quantity), 0n)).toBe(units)
        for (const sold of lots) {
          const lot = held.lots!.find(({ openedBy }) => openedBy === sold.openedBy)
          if (lot) expect(unitsOf(sold.quantity) <= unitsOf(lot.quantity)).toBe(true)
        }
      }
    })
  })

  test('the gains are those that the lots of the ledger have for the same sale', () => {
    forAny((input, { trades }) => {
      for (const trade of trades.filter(
        ({ lots, side }) => side === 'sell' && lots.every(({ openedBy }) => openedBy !== null) && lots.length > 0,
      )) {
        const held = input.holdings.find(each => each.accountId === trade.accountId && each.symbol === trade.symbol)!
        if (held.lots!.some(({ costBasis, lossBasis, quantity }) => costBasis === null || lossBasis !== null || unitsOf(quantity) === 0n))
          continue
        const usual = {
          newSymbol: null,
          numerator: 0,
          denominator: 0,
          priceMillionths: null,
          basisCents: null,
          valueCents: null,
          acquiredDay: null,
        }
        const event = {
          ...usual,
          accountId: 'broker',
          symbol: 'X',
          origin: null,
          basisShare: null,
          transferAccountId: null,
          isReplacement: false,
          method: 'fifo' as const,
        }
        const bought = held.lots!.map((lot, index) => ({
          ...event,
          id: lot.openedBy,
          type: 'buy' as const,
          day: 10_000 + index,
          quantity: unitsOf(lot.quantity),
          cents: cents(lot.costBasis!),
          picks: null,
          tie: '',
        }))
        const sale = {
          ...event,
          id: 'sale',
          type: 'sell' as const,
          day: 20_000,
          quantity: unitsOf(trade.quantity),
          cents: cents(trade.amount),
          picks: trade.lots.map(({ openedBy, quantity }) => ({ openedBy: openedBy!, quantity: unitsOf(quantity) })),
          tie: '',
        }
        const { closings } = calculateLots({
          accounts: [{ id: 'broker', isTaxAdvantaged: false }],
          events: [...bought, sale],
          identicalPairs: [],
        })
        expect(closings.map(({ basisCents, openedBy, proceedsCents }) => [openedBy, proceedsCents, basisCents])).toEqual(
          trade.lots.map(({ costBasis, openedBy, proceeds }) => [openedBy, cents(proceeds), cents(costBasis!)]),
        )
      }
    })
  })

  test('a portfolio inside of its bands gives no trades where only bands call for them', () => {
    let checked = 0
    fc.assert(
      fc.property(anyHousehold, input => {
        const accounts = input.accounts.map(account => ({ ...account, minimumCash: '0', newCash: '0', withdrawal: '0' }))
        const stocks = { by: 'asset_class' as const, weights: [{ key: 'stocks', weight: 1 }] }
        const { classes } = rebalance({ ...input, accounts, targets: stocks })
        // The weights as they are, in whole points: less than the five points of the bands away.
        const points = classes.map(({ before }) => Math.round(before * 100))
        points[0]! += 100 - points.reduce((sum, point) => sum + point, 0)
        if (points[0]! < 0 || points[0]! > 100 || classes.every(({ before }) => before === 0)) return
        const weights = classes.map(({ assetClass }, index) => ({ key: assetClass, weight: points[index]! / 100 }))
        const held = { by: 'asset_class' as const, weights, band: { absolute: 0.05 } }
        const proposal = rebalance({ ...input, accounts, targets: held, rules: { ...input.rules, mode: 'bands' } })
        expect(proposal).toMatchObject({ isTriggered: false, trades: [] })
        checked += 1
      }),
      RUNS,
    )
    expect(checked).toBeGreaterThan(RUNS.numRuns / 2)
  })

  test('without sales nothing is sold', () => {
    forAny((input, { trades }) => {
      expect(input.rules.mode === 'cash_flow' && trades.some(({ side }) => side === 'sell')).toBe(false)
    })
  })

  test('the order of the input does not matter', () => {
    forAny((input, proposal) => {
      const reversed = {
        ...input,
        accounts: input.accounts.toReversed(),
        holdings: input.holdings.toReversed().map(holding => ({ ...holding, lots: holding.lots!.toReversed() })),
        securities: input.securities.toReversed(),
        targets: { ...input.targets, weights: input.targets.weights.toReversed() },
        washSales: { ...input.washSales, purchases: input.washSales.purchases.toReversed() },
      }
      expect(rebalance(reversed)).toEqual(proposal)
    })
  })

  test('no figure is missing, and the distances are those of the weights', () => {
    forAny((input, proposal) => {
      expect(
        JSON.stringify(proposal, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? 'NOT FINITE' : value)),
      ).not.toMatch(/NaN|NOT FINITE|Infinity/)
      const { activeShare, classes, trackingError, trackingErrorReason, turnover } = proposal
      if (classes.some(({ after }) => after !== 0))
        expect(activeShare).toBeCloseTo(classes.reduce((sum, { after, target }) => sum + Math.abs(after - target), 0) / 2, 9)
      expect(trackingError === null).toBe(trackingErrorReason !== null)
      if (input.covariance === null) expect(trackingErrorReason).toBe('no_covariance')
      expect(turnover).toBeGreaterThanOrEqual(0)
      expect(turnover).toBeLessThanOrEqual(1)
    })
  })
})
