import { ageInYears, type Issue } from '../shared/index.ts'
import { InvalidSpecError, type SimulationSpec } from '../simulation/index.ts'
import type { PlanInput } from './inputs/plan-input.ts'

/** Percentiles that every run reports. */
export const reportedPercentiles = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]

/**
 * The plan year of the first retirement in the plan; undefined without a person. A person past their retirement age retires in year 0.
 */
export const retirementYear = (inputs: readonly PlanInput[], asOfDate: string): number | undefined => {
  const years = inputs.flatMap(input =>
    input.inputType === 'person' ? [Math.max(0, input.inputValue.retirementAge - ageInYears(input.inputValue.birthDate, asOfDate))] : [],
  )
  return years.length > 0 ? Math.min(...years) : undefined
}

export interface PlanTerms {
  readonly asOfDate: string
  readonly planningHorizonYears: number
  readonly stepsPerYear: 1 | 12
  readonly monteCarloIterations: number
  readonly randomSeed: string
  readonly flowTiming: 'begin' | 'end'
}

const checkInputs = (inputs: readonly PlanInput[], terms: PlanTerms, retires: number | undefined): Issue[] =>
  inputs.flatMap((input): Issue[] => {
    const path = `inputs.${input.inputName}`
    if (input.inputType === 'person') {
      const { birthDate, earlyRetirement } = input.inputValue
      const issues: Issue[] = []
      if (ageInYears(birthDate, terms.asOfDate) < 0)
        issues.push({ path: `${path}.birthDate`, message: `must not be after the plan’s as-of date ${terms.asOfDate}` })
      if (earlyRetirement !== undefined)
        issues.push({ path: `${path}.earlyRetirement`, message: 'is a multiple of expenses: add an expense to the plan' })
      return issues
    }
    if (input.inputType !== 'contribution' && input.inputType !== 'withdrawal') return []
    const { annualAmount, endYear, startYear } = input.inputValue
    if (annualAmount === undefined)
      return [{ path: `${path}.shareOfIncome`, message: 'is a share of an income: add an income to the plan' }]
    const open = input.inputType === 'withdrawal' ? startYear : endYear
    if (open === undefined && retires === undefined) {
      const field = input.inputType === 'withdrawal' ? 'startYear' : 'endYear'
      return [{ path: `${path}.${field}`, message: 'is required in a plan without a person, which has no retirement year' }]
    }
    return []
  })

/**
 * The specification for the portfolio engine, from a plan's terms and inputs. All balances form one portfolio. The flow of each year is
 * contributions (by default until retirement) less withdrawals (by default from retirement on), in money of the as-of date where
 * indexed. Inside a simulation money is an estimate, so amounts are floats from here on.
 *
 * @throws InvalidSpecError naming the input when a field is missing or wrong, or when the plan has nothing to simulate
 */
export const compilePlan = (terms: PlanTerms, inputs: readonly PlanInput[], returns: SimulationSpec['returns']): SimulationSpec => {
  const years = terms.planningHorizonYears
  const retires = retirementYear(inputs, terms.asOfDate)
  const issues = checkInputs(inputs, terms, retires)
  if (!inputs.some(input => input.inputType === 'account' || input.inputType === 'contribution')) {
    issues.push({ path: 'inputs', message: 'the plan has neither an account nor a contribution: there is nothing to simulate' })
  }
  if (issues.length > 0) throw new InvalidSpecError(issues)

  let openingBalance = 0
  const realFlows = Array.from({ length: years }, () => 0)
  const nominalFlows = Array.from({ length: years }, () => 0)
  for (const input of inputs) {
    if (input.inputType === 'account') openingBalance += Number(input.inputValue.balance)
    if (input.inputType !== 'contribution' && input.inputType !== 'withdrawal') continue
    const { annualAmount, endYear, indexedToInflation, startYear } = input.inputValue
    const sign = input.inputType === 'contribution' ? 1 : -1
    const from = startYear ?? (sign > 0 ? 0 : retires!)
    const until = Math.min(years, endYear ?? (sign > 0 ? retires! : years))
    const flows = indexedToInflation ? realFlows : nominalFlows
    for (let year = from; year < until; year += 1) flows[year]! += sign * Number(annualAmount)
  }
  return {
    years,
    stepsPerYear: terms.stepsPerYear,
    paths: terms.monteCarloIterations,
    seed: terms.randomSeed,
    openingBalance,
    realFlows,
    nominalFlows,
    flowTiming: terms.flowTiming,
    returns,
    percentiles: [...reportedPercentiles],
  }
}
