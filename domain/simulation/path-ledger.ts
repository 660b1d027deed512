import { marketStepsOf } from './path-market.ts'
import { accountTargets, constantTargets, keptAfterFee } from './portfolio.ts'
import type { PortfolioAccount, SimulationSpec } from './spec.ts'
import { assertValidSpec } from './validate-spec.ts'

/** An account at the end of a year. */
interface LedgerAccount {
  key: string
  closing: number
}

/** One year of one path. Amounts are in money of the year, except `realBalance`. */
export interface LedgerYear {
  /** From 0. */
  year: number
  opening: number
  /** Net flow that was received (positive) or paid (negative), the sum of the year's steps. */
  flow: number
  /** Investment gain or loss: closing - opening - flow. */
  growth: number
  /** Gross portfolio return of the year, without flows. */
  portfolioGrowth: number
  /** Price level at the year's end relative to the as-of date. */
  priceIndex: number
  closing: number
  /** Closing balance in money of the as-of date. */
  realBalance: number
  /** Whether every withdrawal until now was paid in full. */
  paidInFull: boolean
  /** The closing balances of the accounts, where they have weights and fees of their own. */
  accounts?: LedgerAccount[]
}

/**
 * Redraws one path alone, year by year, with the same bits as in the whole run. Written path by path from the definitions,
 * without the block stages, so that each implementation checks the other.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= path < spec.paths
 */
export function simulatePath(spec: SimulationSpec, path: number): LedgerYear[] {
  assertValidSpec(spec)
  if (!(Number.isInteger(path) && 0 <= path && path < spec.paths))
    throw new RangeError(`path ${path} does not exist: the specification has ${spec.paths} paths`)
  const nextYear = portfolioYearsOf(spec, path)
  const purse = spec.accounts ? accountPurse(spec, spec.accounts) : onePurse(spec)
  const ledger: LedgerYear[] = []
  let priceIndex = 1
  let paidInFull = true
  for (let year = 0; year < spec.years; year++) {
    const opening = purse.balance()
    let flow = 0
    const pay = (): void => {
      if (!paidInFull) return
      const paid = purse.pay(year, priceIndex)
      flow += paid.flow
      paidInFull = paid.inFull
    }
    let portfolioGrowth = 1
    for (const step of nextYear(year)) {
      if (spec.flowTiming === 'begin') pay()
      portfolioGrowth *= purse.grow(step.growth)
      priceIndex *= step.inflation
      if (spec.flowTiming === 'end') pay()
    }
    const closing = purse.balance()
    const accounts = purse.accounts()
    ledger.push({
      year,
      opening,
      flow,
      growth: closing - opening - flow,
      portfolioGrowth,
      priceIndex,
      closing,
      realBalance: closing / priceIndex,
      paidInFull,
      ...(accounts && { accounts }),
    })
  }
  return ledger
}

/** The money of one path. */
interface Purse {
  readonly balance: () => number
  /** Balances by account. */
  readonly accounts: () => LedgerAccount[] | undefined
  /** Applies the flows of a step. */
  readonly pay: (year: number, priceIndex: number) => { readonly flow: number; readonly inFull: boolean }
  /** Applies the gross return of each portfolio. Returns the gross return of all of them together. */
  readonly grow: (growth: readonly number[]) => number
}

function onePurse({ nominalFlows, openingBalance, realFlows, stepsPerYear }: SimulationSpec): Purse {
  let balance = openingBalance
  return {
    balance: () => balance,
    accounts: () => undefined,
    pay(year, priceIndex) {
      const wanted = (realFlows[year]! / stepsPerYear) * priceIndex + nominalFlows[year]! / stepsPerYear
      const inFull = balance + wanted >= 0
      const flow = inFull ? wanted : -balance
      balance = inFull ? balance + wanted : 0
      return { flow, inFull }
    },
    grow(growth) {
      balance *= growth[0]!
      return growth[0]!
    },
  }
}

/** Contributions go to their accounts first. Then a withdrawal takes the same part of every account. */
function accountPurse({ nominalFlows, realFlows, stepsPerYear }: SimulationSpec, accounts: readonly PortfolioAccount[]): Purse {
  let balances = accounts.map(account => account.openingBalance)
  let shares = accounts.map(() => 1 / accounts.length)
  const kept = accounts.map(account => keptAfterFee(account, stepsPerYear))
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  let total = sum(balances)
  return {
    balance: () => total,
    accounts: () => accounts.map(({ key }, index) => ({ key, closing: balances[index]! })),
    pay(year, priceIndex) {
      const opening = total
      balances = accounts.map(({ nominalContributions, realContributions }, index) => {
        const paidIn = (realContributions[year]! / stepsPerYear) * priceIndex + nominalContributions[year]! / stepsPerYear
        return balances[index]! + paidIn
      })
      const before = sum(balances)
      const wanted = (realFlows[year]! / stepsPerYear) * priceIndex + nominalFlows[year]! / stepsPerYear
      total = Math.max(before + wanted, 0)
      if (wanted < 0) balances = balances.map(balance => balance * (total > 0 ? total / before : 0))
      return { flow: total - opening, inFull: before + wanted >= 0 }
    },
    grow(growth) {
      const held = sum(balances)
      if (held > 0) shares = balances.map(balance => balance / held)
      const net = growth.map((gross, index) => gross * kept[index]!)
      balances = balances.map((balance, index) => balance * net[index]!)
      total = sum(balances)
      return sum(shares.map((share, index) => share * net[index]!))
    },
  }
}

/** Gross return of each portfolio, and gross inflation, of a step. */
interface PortfolioStep {
  growth: number[]
  inflation: number
}

/**
 * Makes a function that goes through a path's years. Each portfolio (one, or one per account) starts each year at its target weights, and
 * drifts within the year.
 */
function portfolioYearsOf(spec: SimulationSpec, path: number): (year: number) => PortfolioStep[] {
  const { accounts, returns, seed, stepsPerYear } = spec
  const nextStep = marketStepsOf(returns, stepsPerYear, seed, path)
  const targets = accounts ? accounts.map(account => accountTargets(spec, account)) : [constantTargets(spec)]
  return year => {
    const portfolios = targets.map(weights => ({ holdings: [...weights[year]!], value: 1 }))
    return Array.from({ length: stepsPerYear }, () => {
      const gross = nextStep()
      const growth = portfolios.map(portfolio => {
        const { holdings, value } = portfolio
        for (const asset of holdings.keys()) holdings[asset] = holdings[asset]! * gross[asset]!
        portfolio.value = holdings.reduce((total, holding) => total + holding, 0)
        return portfolio.value / value
      })
      return { growth, inflation: gross.at(-1)! }
    })
  }
}
