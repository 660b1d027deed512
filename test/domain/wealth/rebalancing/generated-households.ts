import * as fc from 'fast-check'
import { addDays } from '../../../../domain/shared/index.ts'
import type { RebalancingInput } from '../../../../domain/wealth/rebalancing/index.ts'
import { rebalancingAims, rebalancingModes, textOfUnits } from '../../../../domain/wealth/index.ts'
import { rules, today } from './households.ts'

const assetClasses = ['stocks', 'bonds', 'real_estate'] as const
const symbols = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF'] as const
const accountIds = ['broker', 'spouse', 'ira', 'roth', 'plan'] as const

const dollars = (most: number): fc.Arbitrary<string> => fc.integer({ min: 0, max: most * 100 }).map(cents => (cents / 100).toFixed(2))
/** Thousandths of shares, or whole ones. */
const quantity = (most: number): fc.Arbitrary<bigint> =>
  fc.oneof(
    fc.integer({ min: 0, max: most }).map(shares => BigInt(shares) * 10n ** 18n),
    fc.integer({ min: 0, max: most * 1000 }).map(milli => BigInt(milli) * 10n ** 15n),
  )

/** Weights that add up to 1 exactly, in hundredths. */
const parts = (count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 0, max: 100 }), { minLength: count - 1, maxLength: count - 1 }).map(cuts => {
    const edges = [0, ...cuts.toSorted((one, other) => one - other), 100]
    return edges.slice(1).map((edge, index) => (edge - edges[index]!) / 100)
  })

/** Two securities of each class: of it alone, or for a part of others too. */
const weightsOf = (symbol: string): fc.Arbitrary<Record<string, number>> => {
  const main = assetClasses[symbols.indexOf(symbol as 'AAA') >> 1]!
  const mixed = parts(assetClasses.length + 1).map(all => {
    const others = Object.fromEntries([...assetClasses, 'unclassified'].map((name, index) => [name, all[index]! / 4]))
    return { ...others, [main]: others[main]! + 0.75 }
  })
  return fc.oneof({ weight: 2, arbitrary: fc.constant({ [main]: 1 }) }, { weight: 1, arbitrary: mixed })
}

const security = (symbol: string) =>
  fc.record({
    symbol: fc.constant(symbol),
    price: fc
      .oneof(
        { weight: 9, arbitrary: fc.integer({ min: 5000, max: 500_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 5_000_000 }) },
      )
      .map(milli => (milli / 1000).toFixed(3)),
    weights: weightsOf(symbol),
    isWhole: fc.boolean(),
    expenseRatio: fc.constantFrom(null, 0.001, 0.01),
  })

const account = (id: string) =>
  fc.record({
    id: fc.constant(id),
    treatment: fc.constant(
      id === 'broker' || id === 'spouse' ? ('taxable' as const) : id === 'roth' ? ('tax_free' as const) : ('tax_deferred' as const),
    ),
    cash: dollars(20_000),
    minimumCash: fc.oneof(fc.constant('0.00'), dollars(2000)),
    newCash: fc.oneof(fc.constant('0.00'), dollars(10_000)),
    contributionRoom: fc.option(dollars(7000)),
    withdrawal: fc.oneof({ weight: 4, arbitrary: fc.constant('0.00') }, { weight: 1, arbitrary: dollars(30_000) }),
    allowsFractions: fc.boolean(),
    canTrade: fc.boolean().map(one => one || id !== 'plan'),
    allowedSymbols: fc.option(fc.subarray([...symbols])),
  })

const lot = (openedBy: string) =>
  fc.record({
    openedBy: fc.constant(openedBy),
    units: quantity(100),
    /** Per share. */
    basis: fc.option(fc.integer({ min: 1, max: 500 }), { freq: 8 }),
    hasLossBasis: fc.integer({ min: 0, max: 9 }).map(number => number === 0),
    acquiredOn: fc.integer({ min: 1, max: 3000 }).map(days => addDays(today, -days)),
    isLong: fc.boolean(),
  })

const holding = (accountId: string, symbol: string) =>
  fc
    .tuple(fc.array(fc.integer(), { maxLength: 4 }), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 4 }))
    .chain(([places, marked, uncovered]) =>
      fc.tuple(...places.map((_, index) => lot(`${accountId} ${symbol} ${index}`))).map(lots => ({
        accountId,
        symbol,
        doNotSell: marked === 0,
        quantity: textOfUnits(lots.reduce((sum, { units }) => sum + units, 0n) + (uncovered === 0 ? 3n * 10n ** 18n : 0n)),
        lots: lots.map(({ basis, hasLossBasis, units, ...others }) => {
          const costBasis = basis === null ? null : ((Number(units) / 1e18) * basis).toFixed(2)
          return {
            ...others,
            quantity: textOfUnits(units),
            costBasis,
            lossBasis: hasLossBasis && costBasis ? (Number(costBasis) / 2).toFixed(2) : null,
          }
        }),
      })),
    )

const washSales = fc.record({
  purchases: fc.array(
    fc.record({
      openedBy: fc.constantFrom(...accountIds).map(id => `${id} AAA 0`),
      symbol: fc.constantFrom(...symbols),
      boughtOn: fc.integer({ min: 0, max: 40 }).map(days => addDays(today, -days)),
      quantity: fc.constantFrom('0', '1.5', '20'),
    }),
    { maxLength: 2 },
  ),
  losses: fc.array(
    fc.record({ symbol: fc.constantFrom(...symbols), soldOn: fc.integer({ min: 0, max: 40 }).map(days => addDays(today, -days)) }),
    {
      maxLength: 1,
    },
  ),
  identicalPairs: fc.constantFrom([], [['AAA', 'BBB'] as const]),
})

const targets = fc.oneof(
  parts(4).map(all => ({
    by: 'asset_class' as const,
    weights: [...assetClasses, 'cash'].map((key, index) => ({ key, weight: all[index]! })),
  })),
  parts(3).map(all => ({ by: 'asset_class' as const, weights: assetClasses.map((key, index) => ({ key, weight: all[index]! })) })),
  fc
    .tuple(parts(3), fc.constantFrom('EEE', 'EEE', 'EEE', 'ZZZ'))
    .map(([all, last]) => ({ by: 'symbol' as const, weights: ['AAA', 'CCC', last].map((key, index) => ({ key, weight: all[index]! })) })),
)

/** Households of five accounts that hold six securities, looked through to three classes. */
export const anyHousehold: fc.Arbitrary<RebalancingInput> = fc.record({
  today: fc.constant(today),
  accounts: fc.tuple(...accountIds.map(account)),
  holdings: fc
    .tuple(...accountIds.map(id => fc.subarray([...symbols]).chain(held => fc.tuple(...held.map(symbol => holding(id, symbol))))))
    .map(all => all.flat()),
  securities: fc.tuple(...symbols.map(security)),
  targets: fc
    .tuple(targets, fc.constantFrom({ absolute: 0.05, relative: 0.25 }, { absolute: 0.02 }, { absolute: 0.1 }, undefined))
    .map(([stated, band]) => ({
      ...stated,
      band: band ?? null,
    })),
  candidates: fc.constantFrom<Record<string, string[]>[]>(
    {},
    { stocks: ['AAA', 'BBB'], bonds: ['CCC', 'DDD'], real_estate: ['EEE', 'FFF'] },
  ),
  rules: fc
    .record({
      mode: fc.constantFrom(...rebalancingModes),
      aim: fc.constantFrom(...rebalancingAims),
      minimumTrade: fc.constantFrom('0.00', '100.00', '2500.00'),
      gainsBudget: fc.constantFrom(null, '0.00', '500.00', '5000.00'),
      avoidShortTerm: fc.boolean(),
      harvestLosses: fc.boolean(),
    })
    .map(rules),
  washSales,
  covariance: fc.constantFrom(null, {
    classes: ['cash', ...assetClasses],
    matrix: [
      [0, 0, 0, 0],
      [0, 0.04, 0.002, 0.02],
      [0, 0.002, 0.0025, 0.001],
      [0, 0.02, 0.001, 0.0324],
    ],
  }),
})
