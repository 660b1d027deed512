import type { RebalancingInput } from '../../domain/wealth/rebalancing/index.ts'

/** Sales and realised gains in dollars. */
export interface PlainProposal {
  readonly sold: number
  readonly gain: number
  readonly tax: number
}

/**
 * The plain way: every holding of a class that has too much is sold by the same part, in every account, the oldest lots first, in floating point. Neither bands,
 * location, losses nor wash sales count.
 */
export const sellProportionally = ({ accounts, holdings, rules, securities, targets }: RebalancingInput): PlainProposal => {
  const prices = new Map(securities.map(({ price, symbol }) => [symbol, Number(price)]))
  const main = new Map(
    securities.map(({ symbol, weights }) => [symbol, Object.entries(weights).toSorted(([, one], [, other]) => other - one)[0]![0]]),
  )
  const values = new Map<string, number>()
  for (const { quantity, symbol } of holdings) {
    const name = main.get(symbol)!
    values.set(name, (values.get(name) ?? 0) + Number(quantity) * prices.get(symbol)!)
  }
  const total = [...values.values()].reduce((sum, value) => sum + value, 0) + accounts.reduce((sum, { cash }) => sum + Number(cash), 0)
  const parts = new Map(
    [...values].map(([name, value]) => [
      name,
      Math.max(0, 1 - ((targets.weights.find(({ key }) => key === name)?.weight ?? 0) * total) / value),
    ]),
  )
  const taxed = new Set(accounts.filter(({ treatment }) => treatment === 'taxable').map(({ id }) => id))
  let [sold, short, long] = [0, 0, 0]
  for (const { accountId, lots = [], quantity, symbol } of holdings) {
    const price = prices.get(symbol)!
    let left = Number(quantity) * parts.get(main.get(symbol)!)!
    sold += left * price
    for (const { costBasis, isLong, quantity: shares } of taxed.has(accountId) ? lots : []) {
      const part = Math.min(left, Number(shares))
      left -= part
      const gain = part * price - (Number(costBasis) * part) / Number(shares)
      if (isLong) long += gain
      else short += gain
      if (left <= 0) break
    }
  }
  return { sold, gain: short + long, tax: short * rules.taxRates.short + long * rules.taxRates.long }
}
