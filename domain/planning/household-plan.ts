import type { Issue } from '../shared/index.ts'
import { InvalidSpecError, type ReturnModel } from '../simulation/index.ts'
import type { Contribution, HouseholdSpec, Person } from './household/spec.ts'
import type { InputType, PlanInput } from './inputs/plan-input.ts'
import { reportedPercentiles } from './plan.ts'

export interface HouseholdTerms {
  readonly asOfDate: string
  readonly planningHorizonYears: number
  readonly monteCarloIterations: number
  readonly randomSeed: string
  /** Shares by asset key: what an account holds that names no allocation of its own. */
  readonly defaultAllocation: Readonly<Record<string, number>>
  /** Year of the tax tables when the plan names none. */
  readonly latestTaxYear: number
}

const portfolioTypes = new Set(['person', 'account', 'contribution', 'withdrawal'])

/** Whether a plan's inputs speak of a household, rather than of one portfolio with flows in and out. */
export const isHouseholdPlan = (inputs: readonly { readonly inputType: string }[]): boolean =>
  inputs.some(({ inputType }) => !portfolioTypes.has(inputType))

const personOf = ({ inputName, inputValue }: PlanInput<'person'>): Person => {
  const { socialSecurity } = inputValue
  if (socialSecurity === null) return { ...inputValue, key: inputName, socialSecurity }
  const { benefit, claimingAgeMonths } = socialSecurity
  const earned = benefit.kind === 'earnings' ? benefit.byYear.map(({ amount, year }) => ({ year, amount: Number(amount) })) : []
  return {
    ...inputValue,
    key: inputName,
    socialSecurity: {
      claimingAgeMonths,
      benefit:
        benefit.kind === 'pia' ? { kind: 'pia', monthlyAmount: Number(benefit.monthlyAmount) } : { kind: 'earnings', byYear: earned },
    },
  }
}

const contributionOf = ({ inputName, inputValue }: PlanInput<'contribution'>, account: string): Contribution => {
  const { annualAmount, employerMatch, endYear, enforceLimits, healthCoverage, indexedToInflation, shareOfIncome, startYear } = inputValue
  return {
    key: inputName,
    account,
    amount: shareOfIncome
      ? { kind: 'share_of_income', ...shareOfIncome }
      : { kind: 'fixed', annualAmount: Number(annualAmount), indexedToInflation },
    employerMatch,
    startYear: startYear ?? 0,
    endYear: endYear ?? null,
    enforceLimits,
    healthCoverage,
  }
}

/**
 * What the household engine is to simulate, from what a plan says. Money becomes a number here: inside a simulation it is an estimate.
 * Entries are keyed by their inputs' names. Throws InvalidSpecError naming the input for what the engine itself cannot know to be
 * wrong: withdrawals (a household has expenses), contributions to no account, two policies of a kind, nobody in it.
 */
export const compileHousehold = (terms: HouseholdTerms, inputs: readonly PlanInput[], returns: ReturnModel): HouseholdSpec => {
  const issues: Issue[] = []
  const all = <Type extends InputType>(...types: Type[]) =>
    inputs.filter((input): input is Extract<PlanInput, { inputType: Type }> => types.some(type => type === input.inputType))
  const only = <Type extends InputType>(type: Type) => {
    const [first, ...others] = all(type)
    for (const other of others) issues.push({ path: `inputs.${other.inputName}`, message: `is a second ${type}: a plan has one` })
    return first
  }

  const people = all('person').map(personOf)
  const firstPerson = people[0]?.key ?? ''
  if (people.length === 0) issues.push({ path: 'inputs', message: 'the household has no person' })
  for (const { inputName } of all('withdrawal'))
    issues.push({ path: `inputs.${inputName}`, message: 'is a withdrawal: a household plan spends by its expenses' })
  const contributions = all('contribution').flatMap(input => {
    if (input.inputValue.account !== undefined) return [contributionOf(input, input.inputValue.account)]
    issues.push({ path: `inputs.${input.inputName}.account`, message: 'is needed: into which account?' })
    return []
  })
  const spending = only('spending_policy')?.inputValue
  const conversion = only('roth_conversion')?.inputValue
  const tax = only('tax_settings')?.inputValue
  const withdrawals = only('withdrawal_policy')?.inputValue
  if (issues.length > 0) throw new InvalidSpecError(issues)

  return {
    kind: 'household',
    asOfDate: terms.asOfDate,
    years: terms.planningHorizonYears,
    paths: terms.monteCarloIterations,
    seed: terms.randomSeed,
    percentiles: [...reportedPercentiles],
    people,
    filingStatus: tax?.filingStatus ?? (people.length === 2 ? 'married_joint' : 'single'),
    incomes: all('income', 'pension', 'annuity').map(({ inputName, inputType, inputValue }) => ({
      ...inputValue,
      kind: inputType === 'income' ? inputValue.kind : inputType,
      key: inputName,
      person: inputValue.person ?? firstPerson,
      annualAmount: Number(inputValue.annualAmount),
    })),
    expenses: all('expense').map(({ inputName, inputValue }) => ({
      ...inputValue,
      key: inputName,
      annualAmount: Number(inputValue.annualAmount),
    })),
    spending: { rule: spending?.rule ?? { kind: 'constant_real' }, byAge: spending?.byAge ?? [] },
    goals: all('goal').map(({ inputName, inputValue }) => ({ ...inputValue, key: inputName, amount: Number(inputValue.amount) })),
    accounts: all('account').map(({ inputName, inputValue: { balance, basis, linkedAccountId: _link, ...account } }) => ({
      ...account,
      key: inputName,
      owner: account.owner ?? firstPerson,
      openingBalance: Number(balance),
      openingBasis: Number(basis ?? balance),
      allocation: account.allocation ?? [{ year: 0, weights: terms.defaultAllocation }],
    })),
    contributions,
    debts: all('debt').map(({ inputName, inputValue: { annualPayment, annualRate, balance } }) => ({
      key: inputName,
      openingBalance: Number(balance),
      annualRate,
      annualPayment: Number(annualPayment),
    })),
    properties: all('property').map(({ inputName, inputValue: { basis, linkedAccountId: _link, value, ...property } }) => ({
      ...property,
      key: inputName,
      openingValue: Number(value),
      basis: Number(basis),
    })),
    withdrawals: withdrawals ?? { order: { kind: 'conventional' }, surplus: 'taxable' },
    rothConversion: conversion
      ? {
          ...conversion,
          amount:
            conversion.amount.kind === 'fixed'
              ? { ...conversion.amount, annualAmount: Number(conversion.amount.annualAmount) }
              : conversion.amount,
        }
      : null,
    tax: { tableYear: tax?.tableYear ?? terms.latestTaxYear, state: tax?.state ?? null, enabled: tax?.enabled ?? true },
    returns,
    successCriterion: spending?.successCriterion ?? 'all_spending',
  }
}
