import { simulateHousehold } from '../../domain/planning/household/index.ts'
import { fullCouple } from '../domain/planning/household/households.ts'

const WARM_UP_ROUNDS = 3
const ROUNDS = 11
const GOAL_MILLISECONDS = 1000

/**
 * Measures whole simulations of a couple with five accounts, benefits, contributions, required distributions and taxes on every path and
 * year, from validation to quantiles, on one thread. The target is one second.
 */
export async function timeHouseholds(): Promise<void> {
  const plain = fullCouple({ paths: 10_000 })
  const workloads = {
    '10,000 paths x 40 years, couple, 5 accounts, taxes': plain,
    '... with Roth conversions that fill a bracket': {
      ...plain,
      rothConversion: { amount: { kind: 'fill_bracket', ordinaryRate: 0.22 }, startYear: 4, endYear: 14 },
    },
    '... with Guyton-Klinger and bracket-aware withdrawals': {
      ...plain,
      spending: { rule: { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 15 }, byAge: [] },
      withdrawals: { order: { kind: 'bracket_aware', ordinaryRate: 0.12 }, surplus: 'taxable' },
    },
  } as const
  console.log('\nWhole households, plain TypeScript, one thread')
  const rows: Record<string, Record<string, string>> = {}
  for (const [name, spec] of Object.entries(workloads)) {
    const times: number[] = []
    let result = simulateHousehold(spec)
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const start = performance.now()
      result = simulateHousehold(spec)
      times.push(performance.now() - start)
    }
    const measured = times.slice(WARM_UP_ROUNDS).toSorted((a, b) => a - b)
    const pathYears = result.surviving.reduce((total, paths) => total + paths, 0)
    const median = measured[measured.length >> 1]!
    rows[name] = {
      'median ms': median.toFixed(0),
      'min ms': measured[0]!.toFixed(0),
      'of a second': (median / GOAL_MILLISECONDS).toFixed(2),
      'path-years': pathYears.toFixed(0),
      'ns a path-year': ((1e6 * median) / pathYears).toFixed(0),
      success: result.success.probability.toFixed(4),
      'real mean': result.endingWealth.real.mean.toFixed(0),
    }
  }
  console.table(rows)
}
