import { compareOutcomes, pathOutcomes, type ScenarioComparison } from './compare.ts'
import { HOUSEHOLD_LIMITS } from './limits.ts'
import type { ReturnMoments } from '../../simulation/index.ts'
import { SENSITIVITY_INPUTS, type SensitivityInput } from './sensitivity-inputs.ts'
import { withExpensesTimes } from './solvers/spending.ts'
import type { HouseholdSpec } from './spec.ts'
import { personTimeline } from './timeline.ts'
import { validateHousehold } from './validate.ts'

/** The effect on the plan of an input moved down and up. */
export interface Sensitivity {
  input: SensitivityInput
  low: ScenarioComparison
  high: ScenarioComparison
  /** Distance between the two success rates. */
  swing: number
}

/** The household with an input moved by a number of steps: one step is a tenth of all expenses, two years of work, one point of mean return... */
const STEPS: Record<SensitivityInput, (spec: HouseholdSpec, steps: number) => HouseholdSpec> = {
  spending: (spec, steps) => withExpensesTimes(spec, 1 + 0.1 * steps),
  retirementAge: (spec, steps) => retiringLater(spec, 2 * steps),
  meanReturn: (spec, steps) => withReturns(spec, 0.01 * steps, 1, 0),
  volatility: (spec, steps) => withReturns(spec, 0, 1 + 0.25 * steps, 0),
  inflation: (spec, steps) => withReturns(spec, 0, 1, 0.01 * steps),
  fees: (spec, steps) => withFees(spec, 0.0025 * steps),
  openingBalances: (spec, steps) => withBalancesTimes(spec, 1 + 0.1 * steps),
  socialSecurity: (spec, steps) => withBenefitsTimes(spec, 1 + 0.2 * steps),
  lifespan: (spec, steps) => livingLonger(spec, 5 * steps),
}

/** A household with an input moved by a number of steps, negative for down; the household itself where the input cannot be moved. */
export function movedBySteps(spec: HouseholdSpec, input: SensitivityInput, steps: number): HouseholdSpec {
  return STEPS[input](spec, steps)
}

/** A household with one input moved down, and the same with it moved up. */
interface SensitivityVariant {
  input: SensitivityInput
  low: HouseholdSpec
  high: HouseholdSpec
}

/** The variants of a tornado, in the order of the inputs. An input that cannot be moved in this household, or not so far, is left out. */
export function sensitivityVariants(spec: HouseholdSpec, inputs: readonly SensitivityInput[]): SensitivityVariant[] {
  const { sensitivities: _grid, ...base } = spec
  return inputs.flatMap(input => {
    const [low, high] = [STEPS[input](base, -1), STEPS[input](base, 1)]
    if (low === base || high === base || validateHousehold(low).length > 0 || validateHousehold(high).length > 0) return []
    return [{ input, low, high }]
  })
}

/** Sorts by swing of the success rate, widest first. */
export const tornado = (moved: readonly Omit<Sensitivity, 'swing'>[]): Sensitivity[] =>
  moved
    .map(each => ({ ...each, swing: Math.abs(each.high.success.second - each.low.success.second) }))
    .toSorted((a, b) => b.swing - a.swing)

/**
 * A tornado: moves one input at a time down and up by its step, on the same random numbers. The widest swing of success comes first.
 * Steps: all expenses by a tenth, retirement by two years, mean returns and inflation by a percentage point, volatilities by a quarter, fees
 * by a quarter point, opening balances by a tenth, benefits by a fifth (given as primary insurance amounts), given ages at death by five years.
 *
 * @throws InvalidSpecError
 */
export function sensitivities(spec: HouseholdSpec, inputs: readonly SensitivityInput[] = SENSITIVITY_INPUTS): Sensitivity[] {
  const base = pathOutcomes(spec)
  const compared = (variant: HouseholdSpec): ScenarioComparison => compareOutcomes(base, pathOutcomes(variant))
  return tornado(sensitivityVariants(spec, inputs).map(({ high, input, low }) => ({ input, low: compared(low), high: compared(high) })))
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

/** Historical returns keep their volatilities: a household that uses them is returned unchanged when only the volatility would move. */
function withReturns(spec: HouseholdSpec, mean: number, volatility: number, inflation: number): HouseholdSpec {
  const { returns } = spec
  const moved = <Moments extends ReturnMoments>(assets: readonly Moments[]): Moments[] =>
    assets.map(asset => ({ ...asset, meanReturn: asset.meanReturn + mean, volatility: asset.volatility * volatility }))
  const withShiftedMean = <Moments extends { mean: number }>(moments: Moments): Moments => ({ ...moments, mean: moments.mean + inflation })
  switch (returns.kind) {
    case 'lognormal':
    case 'student_t':
      return { ...spec, returns: { ...returns, assets: moved(returns.assets), inflation: withShiftedMean(returns.inflation) } }
    case 'regime': {
      const [first, second] = returns.regimes.map(regime => ({
        ...regime,
        assets: moved(regime.assets),
        inflation: withShiftedMean(regime.inflation),
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

/** A horizon that reaches the last death is moved with it. */
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
