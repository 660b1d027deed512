import { ageInYears, type Issue, unless } from '../shared/index.ts'
import { InvalidSpecError, type PortfolioAccount, type SimulationSpec, SPEC_LIMITS } from '../simulation/index.ts'
import type { Allocation } from './inputs/assumptions.ts'
import type { PlanInput } from './inputs/plan-input.ts'
import { householdFieldIssues } from './portfolio-inputs.ts'
import { type Retirement, retirementOf } from './retirement.ts'

/** Percentiles that every run reports. */
export const reportedPercentiles = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]

/** The first retirement in the plan; undefined without a person. */
export const firstRetirement = (inputs: readonly PlanInput[], asOfDate: string): Retirement | undefined =>
  inputs
    .flatMap(input =>
      input.inputType === 'person' ? [retirementOf(input.inputValue.birthDate, input.inputValue.retirementAge, asOfDate)] : [],
    )
    .toSorted((a, b) => a.year - b.year || a.finalShare - b.finalShare)[0]

export interface PlanTerms {
  readonly asOfDate: string
  readonly planningHorizonYears: number
  readonly stepsPerYear: 1 | 12
  readonly monteCarloIterations: number
  readonly randomSeed: string
  readonly flowTiming: 'begin' | 'end'
  /** Weights of accounts without an allocation of their own. */
  readonly defaultAllocation: Allocation
}

type Flow = PlanInput<'contribution'> | PlanInput<'withdrawal'>

const isFlow = (input: PlanInput): input is Flow => input.inputType === 'contribution' || input.inputType === 'withdrawal'

const personIssues = ({ inputName, inputValue }: PlanInput<'person'>, { asOfDate }: PlanTerms): readonly Issue[] =>
  unless(
    ageInYears(inputValue.birthDate, asOfDate) >= 0,
    `inputs.${inputName}.birthDate`,
    `must not be after the plan’s as-of date ${asOfDate}`,
  )

const flowIssues = ({ inputName, inputType, inputValue }: Flow, retires: Retirement | undefined): readonly Issue[] => {
  const field = inputType === 'withdrawal' ? 'startYear' : 'endYear'
  return unless(
    inputValue[field] !== undefined || retires !== undefined,
    `inputs.${inputName}.${field}`,
    'is required in a plan without a person, which has no retirement year',
  )
}

const checkInputs = (inputs: readonly PlanInput[], terms: PlanTerms, retires: Retirement | undefined): Issue[] => {
  const issues = inputs.flatMap(input => [
    ...householdFieldIssues(input),
    ...(input.inputType === 'person' ? personIssues(input, terms) : isFlow(input) ? flowIssues(input, retires) : []),
  ])
  if (!inputs.some(input => input.inputType === 'account' || input.inputType === 'contribution')) {
    issues.push({ path: 'inputs', message: 'the plan has neither an account nor a contribution: there is nothing to simulate' })
  }
  return issues
}

/** The issues of amounts that are each within the limit, and together above it. Each names the input that exceeds it. */
const totalIssues = (amounts: readonly { readonly path: string; readonly amount: number }[], what: string): Issue[] => {
  let total = 0
  for (const { amount, path } of amounts) {
    total += amount
    if (total > SPEC_LIMITS.money) return [{ path, message: `must be less: ${what} are more than ${SPEC_LIMITS.money}.00 together` }]
  }
  return []
}

/** The share of each plan year for which a flow is paid: contributions end by default with retirement, and withdrawals begin with it. */
const paidShares = ({ inputType, inputValue }: Flow, years: number, retirement: Retirement | undefined): number[] => {
  const { endYear, startYear } = inputValue
  const worked = (year: number): number => {
    if (retirement === undefined || year >= retirement.year) return 0
    return year === retirement.year - 1 ? retirement.finalShare : 1
  }
  return Array.from({ length: years }, (_, year) => {
    if (year < (startYear ?? 0) || year >= (endYear ?? years)) return 0
    if (inputType === 'contribution') return endYear === undefined ? worked(year) : 1
    return startYear === undefined ? 1 - worked(year) : 1
  })
}

/** The sums of flows by year: in money of the as-of date where they are indexed, else in money of their year. */
const sumFlows = (flows: readonly Flow[], years: number, retires: Retirement | undefined) => {
  const real = Array.from({ length: years }, () => 0)
  const nominal = Array.from({ length: years }, () => 0)
  const issues: Issue[] = []
  const paid = Array.from({ length: years }, (): { path: string; amount: number }[] => [])
  for (const flow of flows) {
    const annual = Number(flow.inputValue.annualAmount)
    const sums = flow.inputValue.indexedToInflation ? real : nominal
    for (const [year, share] of paidShares(flow, years, retires).entries()) {
      const amount = share * annual
      sums[year]! += flow.inputType === 'contribution' ? amount : -amount
      paid[year]!.push({ path: `inputs.${flow.inputName}.annualAmount`, amount })
    }
  }
  for (const [year, amounts] of paid.entries()) if (issues.length === 0) issues.push(...totalIssues(amounts, `the flows of year ${year}`))
  if (issues.length > 0) throw new InvalidSpecError(issues)
  return { real, nominal }
}

/**
 * The account that each contribution is paid into, if accounts differ.
 * @throws InvalidSpecError for a contribution that names no account of the plan, or none of several that differ
 */
const destinations = (
  contributions: readonly PlanInput<'contribution'>[],
  accounts: readonly PlanInput<'account'>[],
): Map<Flow, string> | undefined => {
  const differ = accounts.some(({ inputValue: { allocation, feeRate } }) => feeRate > 0 || allocation !== undefined)
  const names = accounts.map(({ inputName }) => inputName)
  const issues: Issue[] = []
  const found = new Map<Flow, string>()
  for (const input of contributions) {
    const path = `inputs.${input.inputName}.account`
    const account = input.inputValue.account ?? (names.length === 1 ? names[0] : undefined)
    if (account !== undefined && !names.includes(account))
      issues.push({ path, message: `must be the name of an account, and ${JSON.stringify(account)} is not` })
    else if (account !== undefined) found.set(input, account)
    else if (differ) issues.push({ path, message: 'is required: the accounts of the plan have allocations or fees of their own' })
  }
  if (issues.length > 0) throw new InvalidSpecError(issues)
  return differ ? found : undefined
}

/**
 * The specification for the portfolio engine, from a plan's terms and inputs. All balances form one portfolio. The flow of each year is
 * contributions (by default until retirement) less withdrawals (by default from retirement on). The year of retirement is divided by days:
 * contributions before it, withdrawals from it on. Indexed amounts are in money of the as-of date. Where an account has an allocation or a fee,
 * every account keeps its own balance. Inside a simulation money is an estimate, so amounts are floats from here on.
 *
 * @throws InvalidSpecError naming the input when a field is missing or wrong, when it needs a household plan, or when the plan has nothing to
 *   simulate
 */
export const compilePlan = (terms: PlanTerms, inputs: readonly PlanInput[], returns: SimulationSpec['returns']): SimulationSpec => {
  const years = terms.planningHorizonYears
  const retires = firstRetirement(inputs, terms.asOfDate)
  const accounts = inputs.filter(input => input.inputType === 'account')
  const contributions = inputs.filter(input => input.inputType === 'contribution')
  const people = inputs.filter(input => input.inputType === 'person')
  const balances = accounts.map(({ inputName, inputValue }) => ({
    path: `inputs.${inputName}.balance`,
    amount: Number(inputValue.balance),
  }))
  const issues = [...checkInputs(inputs, terms, retires), ...totalIssues(balances, 'the balances of the accounts')]
  if (issues.length > 0) throw new InvalidSpecError(issues)

  const paidInto = destinations(contributions, accounts)
  const { nominal, real } = sumFlows(
    inputs.filter(isFlow).filter(flow => !paidInto?.has(flow)),
    years,
    retires,
  )
  return {
    years,
    stepsPerYear: terms.stepsPerYear,
    paths: terms.monteCarloIterations,
    seed: terms.randomSeed,
    openingBalance: balances.reduce((total, { amount }) => total + amount, 0),
    realFlows: real,
    nominalFlows: nominal,
    ...(paidInto && {
      accounts: accounts.map(({ inputName, inputValue: { allocation, balance, feeRate } }): PortfolioAccount => {
        const paid = sumFlows(
          contributions.filter(flow => paidInto.get(flow) === inputName),
          years,
          retires,
        )
        return {
          key: inputName,
          openingBalance: Number(balance),
          allocation: allocation ?? [{ year: 0, weights: terms.defaultAllocation }],
          feeRate,
          realContributions: paid.real,
          nominalContributions: paid.nominal,
        }
      }),
    }),
    sources: {
      people: people.map(({ inputName, inputValue: { birthDate, retirementAge } }) => ({ key: inputName, birthDate, retirementAge })),
      flows: inputs.filter(isFlow).map(({ inputName, inputType, inputValue }) => ({
        key: inputName,
        startYear: inputValue.startYear ?? null,
        endYear: inputValue.endYear ?? null,
        account: (inputType === 'contribution' ? inputValue.account : undefined) ?? null,
      })),
    },
    flowTiming: terms.flowTiming,
    returns,
    percentiles: [...reportedPercentiles],
  }
}
