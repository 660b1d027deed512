import { compareOutcomes, pathOutcomes, type ScenarioComparison } from './compare.ts'
import { HOUSEHOLD_LIMITS } from './limits.ts'
import type { ReturnMoments } from '../simulation/return-models.ts'
import { withExpensesTimes } from './solvers/spending.ts'
import type { HouseholdSpec } from './spec.ts'
import { personTimeline } from './timeline.ts'
import { validateHousehold } from './validate.ts'

/** An input moved down and up, and what that does to the plan. */
export interface Sensitivity {
  input: SensitivityInput
  low: ScenarioComparison
  high: ScenarioComparison
  /** Success rate's distance between the two. */
  swing: number
}

/** Each with a step down and a step up: a tenth of all expenses, two years of work, one point of mean return or inflation... */
const STEPS = {
  spending: (spec: HouseholdSpec, sign: number) => withExpensesTimes(spec, 1 + 0.1 * sign),
  retirementAge: (spec: HouseholdSpec, sign: number) => retiringLater(spec, 2 * sign),
  meanReturn: (spec: HouseholdSpec, sign: number) => withReturns(spec, 0.01 * sign, 1, 0),
  volatility: (spec: HouseholdSpec, sign: number) => withReturns(spec, 0, 1 + 0.25 * sign, 0),
  inflation: (spec: HouseholdSpec, sign: number) => withReturns(spec, 0, 1, 0.01 * sign),
  fees: (spec: HouseholdSpec, sign: number) => withFees(spec, 0.0025 * sign),
  openingBalances: (spec: HouseholdSpec, sign: number) => withBalancesTimes(spec, 1 + 0.1 * sign),
  socialSecurity: (spec: HouseholdSpec, sign: number) => withBenefitsTimes(spec, 1 + 0.2 * sign),
  lifespan: (spec: HouseholdSpec, sign: number) => livingLonger(spec, 5 * sign),
} as const

export type SensitivityInput = keyof typeof STEPS

export const SENSITIVITY_INPUTS = Object.keys(STEPS) as readonly SensitivityInput[]

/**
 * A tornado: moves one input at a time down and up by its step, on the same random numbers, the widest swing of success first. Steps: all
 * expenses by a tenth, retirement by two years, mean returns and inflation by a point, volatilities by a quarter, fees by a quarter point,
 * opening balances by a tenth, benefits by a fifth (given as primary insurance amounts), given ages at death by five years.
 * An input that cannot move in this household, or not so far, is left out.
 *
 * @throws InvalidHouseholdError
 */
export function sensitivities(spec: HouseholdSpec, inputs: readonly SensitivityInput[] = SENSITIVITY_INPUTS): Sensitivity[] {
  const base = pathOutcomes(spec)
  return inputs
    .flatMap(input => {
      const [low, high] = [STEPS[input](spec, -1), STEPS[input](spec, 1)]
      if (low === spec || high === spec || validateHousehold(low).length > 0 || validateHousehold(high).length > 0) return []
      const [down, up] = [compareOutcomes(base, pathOutcomes(low)), compareOutcomes(base, pathOutcomes(high))]
      return [{ input, low: down, high: up, swing: Math.abs(up.success.second - down.success.second) }]
    })
    .toSorted((a, b) => b.swing - a.swing)
}

function retiringLater(spec: HouseholdSpec, years: number): HouseholdSpec {
  const works = spec.people.some(person => personTimeline(person, spec.asOfDate).retirementYear > 0)
  if (!works) return spec
  const later = spec.people.map(person =>
    personTimeline(person, spec.asOfDate).retirementYear > 0
      ? { ...person, retirementAge: Math.max(0, Math.min(HOUSEHOLD_LIMITS.age, person.retirementAge + years)) }
      : person,
  )
  return { ...spec, people: later }
}

/** Volatilities of the past stay what they were: such a household comes back as it is. */
function withReturns(spec: HouseholdSpec, mean: number, volatility: number, inflation: number): HouseholdSpec {
  const { returns } = spec
  const moved = <Moments extends ReturnMoments>(assets: readonly Moments[]): Moments[] =>
    assets.map(asset => ({ ...asset, meanReturn: asset.meanReturn + mean, volatility: asset.volatility * volatility }))
  const dearer = <Moments extends { mean: number }>(moments: Moments): Moments => ({ ...moments, mean: moments.mean + inflation })
  switch (returns.kind) {
    case 'lognormal':
    case 'student_t':
      return { ...spec, returns: { ...returns, assets: moved(returns.assets), inflation: dearer(returns.inflation) } }
    case 'regime': {
      const [first, second] = returns.regimes.map(regime => ({
        ...regime,
        assets: moved(regime.assets),
        inflation: dearer(regime.inflation),
      }))
      return { ...spec, returns: { ...returns, regimes: [first!, second!] } }
    }
    default:
      break
  }
  if (volatility !== 1) return spec
  const assets = returns.assets.map(asset => ({ ...asset, returns: asset.returns.map(rate => rate + mean) }))
  return { ...spec, returns: { ...returns, assets, inflation: returns.inflation.map(rate => rate + inflation) } }
}

function withFees(spec: HouseholdSpec, change: number): HouseholdSpec {
  return { ...spec, accounts: spec.accounts.map(account => ({ ...account, feeRate: Math.max(0, account.feeRate + change) })) }
}

function withBalancesTimes(spec: HouseholdSpec, multiplier: number): HouseholdSpec {
  return {
    ...spec,
    accounts: spec.accounts.map(account => ({
      ...account,
      openingBalance: account.openingBalance * multiplier,
      openingBasis: account.openingBasis * multiplier,
    })),
  }
}

function withBenefitsTimes(spec: HouseholdSpec, multiplier: number): HouseholdSpec {
  if (!spec.people.some(person => person.socialSecurity?.benefit.kind === 'pia')) return spec
  return {
    ...spec,
    people: spec.people.map(person => {
      const { socialSecurity } = person
      if (socialSecurity?.benefit.kind !== 'pia') return person
      const benefit = { ...socialSecurity.benefit, monthlyAmount: socialSecurity.benefit.monthlyAmount * multiplier }
      return { ...person, socialSecurity: { ...socialSecurity, benefit } }
    }),
  }
}

/** A horizon that reaches the last death goes on doing so. */
function livingLonger(spec: HouseholdSpec, years: number): HouseholdSpec {
  if (!spec.people.every(person => person.lifespan.kind === 'fixed')) return spec
  const lives = spec.people.map(person =>
    person.lifespan.kind === 'fixed' ? person.lifespan.age + 1 - personTimeline(person, spec.asOfDate).openingAge : 0,
  )
  const longest = Math.max(...lives)
  return {
    ...spec,
    years: spec.years < longest ? spec.years : Math.max(spec.years, longest + years),
    people: spec.people.map(person =>
      person.lifespan.kind === 'fixed' ? { ...person, lifespan: { kind: 'fixed', age: person.lifespan.age + years } } : person,
    ),
  }
}
