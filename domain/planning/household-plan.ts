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
  /** Shares by asset key, for accounts without an allocation of their own. */
  readonly defaultAllocation: Readonly<Record<string, number>>
  /** Year of the tax tables when the plan names none. */
  readonly latestTaxYear: number
}

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
 * The specification for the household engine, from a plan's terms and inputs. Money becomes a number here: inside a simulation it is
 * an estimate. Entries are keyed by their inputs' names.
 *
 * @throws InvalidSpecError naming the input for a fault that the engine cannot see: a withdrawal (a household has expenses), a
 *   contribution without an account, two policies of a kind, no person
 */
export const compileHousehold = (terms: HouseholdTerms, inputs: readonly PlanInput[], returns: ReturnModel): HouseholdSpec => {
  const issues: Issue[] = []
  const all = <Type extends InputType>(...types: Type[]) =>
    inputs.filter((input): input is Extract<PlanInput, { inputType: Type }> => types.some(type => type === input.inputType))
  const only = <Type extends InputType>(type: Type) => {
    const [first, ...others] = all(type)
    for (const other of others) issues.push({ path: `inputs.${other.inputName}`, message: `is a second ${type}: a plan can have one only` })
    return first
  }

  const people = all('person').map(personOf)
  const firstPerson = people[0]?.key ?? ''
  if (people.length === 0) issues.push({ path: 'inputs', message: 'the household has no person' })
  for (const { inputName } of all('withdrawal'))
    issues.push({ path: `inputs.${inputName}`, message: 'must not be a withdrawal: a household plan has expenses instead' })
  const contributions = all('contribution').flatMap(input => {
    if (input.inputValue.account !== undefined) return [contributionOf(input, input.inputValue.account)]
    issues.push({ path: `inputs.${input.inputName}.account`, message: 'is required: the account that the contribution is paid into' })
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
    accounts: all('account').map(({ inputName, inputValue: { balance, basis, basisAsOf: _day, linkedAccountId: _link, ...account } }) => ({
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
