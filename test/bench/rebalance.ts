import { rebalance, type RebalancingInput } from '../../domain/wealth/rebalancing/index.ts'
import { grouped, median } from './measure.ts'
import { benchHousehold } from './rebalance-household.ts'
import { sellProportionally } from './rebalance-proportional.ts'

const GOAL_MILLISECONDS = 200

const timed = (rounds: number, work: () => unknown): number => {
  work()
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now()
      work()
      return performance.now() - start
    }),
  )
}

const modes: Readonly<Record<string, (input: RebalancingInput) => RebalancingInput>> = {
  'no limit of gains': input => input,
  'gains up to $20,000': input => ({ ...input, rules: { ...input.rules, gainsBudget: '20000.00', avoidShortTerm: true } }),
  'to the edge of the bands': input => ({ ...input, rules: { ...input.rules, aim: 'band_edge' } }),
}

/** Proposals for a household, beside the plain sale of a part of every holding. The target is 500 lots in each of 12 accounts in 200 ms. */
export const run = (): Promise<void> => {
  console.log('\nRebalancing: 20 securities of 5 classes in every account')
  const rows: Record<string, Record<string, string>> = {}
  for (const [accounts, lots] of [
    [4, 50],
    [12, 40],
    [12, 500],
  ] as const) {
    const household = benchHousehold(accounts, lots)
    const baseline = timed(21, () => sellProportionally(household))
    const plain = sellProportionally(household)
    const size = `${accounts} accounts, ${lots} lots each`
    rows[`${size}: every holding in proportion, oldest lots first (baseline)`] = { ms: baseline.toFixed(2), 'tax $': grouped(plain.tax) }
    for (const [name, inputOf] of Object.entries(modes)) {
      const input = inputOf(household)
      const ms = timed(11, () => rebalance(input))
      const { activeShare, tax, trades } = rebalance(input)
      rows[`${size}: ${name}`] = {
        ms: ms.toFixed(1),
        'of the baseline': `${(ms / baseline).toFixed(1)} x`,
        'of the target': (ms / GOAL_MILLISECONDS).toFixed(2),
        trades: String(trades.length),
        'tax $': grouped(Number(tax)),
        'active share left': activeShare.toFixed(4),
      }
    }
  }
  console.table(rows)
  return Promise.resolve()
}
