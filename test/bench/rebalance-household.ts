import type { RebalancingHolding, RebalancingInput, RebalancingSecurity } from '../../domain/wealth/rebalancing/index.ts'

const classes = ['us_stocks', 'international_stocks', 'bonds', 'real_estate', 'commodities'] as const
const treatments = ['taxable', 'taxable', 'tax_deferred', 'tax_free'] as const

/** Four securities of each class, the last one with a quarter of the next class. */
const securities: readonly RebalancingSecurity[] = classes.flatMap((name, place) =>
  [0, 1, 2, 3].map(index => ({
    symbol: `${name}-${index}`,
    price: (40 + (((place * 4 + index) * 37) % 200)).toFixed(2),
    weights: index === 3 ? { [name]: 0.75, [classes[(place + 1) % classes.length]!]: 0.25 } : { [name]: 1 },
    expenseRatio: index / 1000,
  })),
)

/** A tenth of the lots have a loss, a third are short-term. */
const holdingsOf = (accountId: string, lotCount: number, seed: number): RebalancingHolding[] =>
  securities.map(({ price, symbol }, place) => {
    const lots = Array.from({ length: Math.ceil(lotCount / securities.length) }, (_, index) => {
      const number = (seed * 7919 + place * 104_729 + index * 1299) % 1000
      const quantity = 1 + (number % 40)
      const part = number % 10 === 0 ? 1.1 : 0.3 + (number % 7) / 10
      return {
        openedBy: `${accountId}-${symbol}-${index}`,
        quantity: String(quantity),
        costBasis: (quantity * Number(price) * part).toFixed(2),
        acquiredOn: '2024-05-01',
        isLong: number % 3 !== 0,
      }
    })
    return { accountId, symbol, quantity: String(lots.reduce((sum, { quantity }) => sum + Number(quantity), 0)), lots }
  })

/** A household with the given number of lots in each account, far from its targets: it has too much of the first two classes. */
export const benchHousehold = (accountCount: number, lotsEach: number): RebalancingInput => {
  const accounts = Array.from({ length: accountCount }, (_, index) => ({
    id: `account-${String(index).padStart(2, '0')}`,
    treatment: treatments[index % treatments.length]!,
    cash: '2500.00',
    minimumCash: '100.00',
    allowsFractions: index % 3 !== 0,
    canTrade: true,
  }))
  return {
    today: '2026-03-16',
    accounts,
    holdings: accounts.flatMap(({ id }, index) => holdingsOf(id, lotsEach, index + 1)),
    securities,
    targets: {
      by: 'asset_class',
      weights: [
        { key: 'us_stocks', weight: 0.05 },
        { key: 'international_stocks', weight: 0.05 },
        { key: 'bonds', weight: 0.6 },
        { key: 'real_estate', weight: 0.2 },
        { key: 'commodities', weight: 0.1 },
      ],
    },
    rules: {
      mode: 'bands',
      aim: 'target',
      minimumTrade: '250.00',
      gainsBudget: null,
      avoidShortTerm: false,
      harvestLosses: true,
      taxRates: { short: 0.408, long: 0.238 },
    },
    washSales: { purchases: [], losses: [], identicalPairs: [] },
  }
}
