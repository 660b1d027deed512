import { type Rule, unless } from '../../../shared/index.ts'
import type { HouseholdSpec, Income } from '../spec.ts'
import { knownKey, periodInOrder, uniqueKeys } from './references.ts'

export const isWork = (kind: Income['kind']): boolean => kind === 'wages' || kind === 'self_employment'

export const incomesRule: Rule<HouseholdSpec> = ({ incomes, people }) => [
  ...uniqueKeys('incomes', incomes),
  ...incomes.flatMap((income, index) => [
    ...knownKey(`incomes.${index}.person`, income.person, people, 'a person'),
    ...periodInOrder(`incomes.${index}`, income),
    ...unless(
      !(isWork(income.kind) && income.survivorShare > 0),
      `incomes.${index}.survivorShare`,
      'must be 0, because work ends when the person dies',
    ),
  ]),
]

export const expensesRule: Rule<HouseholdSpec> = ({ expenses }) => [
  ...uniqueKeys('expenses', expenses),
  ...expenses.flatMap((expense, index) => [
    ...periodInOrder(`expenses.${index}`, expense),
    ...unless(!(expense.medical && expense.charitable), `expenses.${index}.charitable`, 'must be false for a medical expense'),
  ]),
]

export const goalsRule: Rule<HouseholdSpec> = ({ goals, years }) => [
  ...uniqueKeys('goals', goals),
  ...goals.flatMap(({ year }, index) => unless(year < years, `goals.${index}.year`, `must be before the end of the plan in year ${years}`)),
]

export const debtsRule: Rule<HouseholdSpec> = ({ debts }) => uniqueKeys('debts', debts)

export const propertiesRule: Rule<HouseholdSpec> = ({ properties, years }) => [
  ...uniqueKeys('properties', properties),
  ...properties.flatMap(({ saleYear }, index) =>
    unless(saleYear === null || saleYear < years, `properties.${index}.saleYear`, `must be before the end of the plan in year ${years}`),
  ),
]
