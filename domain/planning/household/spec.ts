import * as z from 'zod'
import { calendarDate, type Immutable, listFrom, numbersFrom, textOf, wholeNumberFrom } from '../../shared/index.ts'
import { percentiles, type ReturnModel, returnModelSchema, seed, SPEC_LIMITS } from '../../simulation/index.ts'
import { HOUSEHOLD_LIMITS } from './limits.ts'
import { SENSITIVITY_INPUTS } from './sensitivity-inputs.ts'
import { accountSchema } from './spec/accounts.ts'
import { contributionSchema, debtSchema, expenseSchema, goalSchema, incomeSchema, propertySchema } from './spec/cash-flows.ts'
import { filingStatus, personSchema } from './spec/people.ts'
import { rothConversionSchema, spendingSchema, successCriterion, taxSchema, withdrawalsSchema } from './spec/policies.ts'

export type { Account, AccountKind } from './spec/accounts.ts'
export type { Contribution, Debt, Expense, Goal, Income, Property } from './spec/cash-flows.ts'
export type { EarlyRetirement, FilingStatus, Person, SocialSecurity } from './spec/people.ts'
export type { CapeBasedRule, RothConversion, SpendingPolicy, TaxSettings, WithdrawalPolicy } from './spec/policies.ts'

const { accounts, entries, paths, years } = HOUSEHOLD_LIMITS
const { historicalInflation, historicalReturn } = SPEC_LIMITS

/** The lowest opening return, just above a total loss. */
const leastReturn = -0.99

const onePersonOrCouple = 'must be one person or a couple'

const openingReturns = z.strictObject({
  assets: z
    .record(z.string(), numbersFrom(leastReturn, historicalReturn))
    .describe('Simple returns by asset key, from plan year 0 on. Assets and years that are left out are drawn.'),
  inflation: numbersFrom(historicalInflation.minimum, historicalInflation.maximum),
})

/**
 * The complete input of a household simulation, as plain JSON. Its canonical text is hashed and stored, and the same specification gives
 * the same bits on any machine. Years are plan years, counted from 0. Money is in dollars of the as-of date where indexed to inflation, and
 * otherwise in dollars of its own year. Shares and rates are fractions. By default, cash flows happen at the start of a year.
 *
 * The schema checks each member by itself; the rules in validate.ts check members against each other. The schema only checks: the value
 * itself is simulated, hashed and stored.
 */
export const householdSpecSchema = z.strictObject({
  kind: z.literal('household'),
  asOfDate: calendarDate.describe('First day of plan year 0, YYYY-MM-DD.'),
  years: wholeNumberFrom(1, years).describe('Horizon in years. Each path ends at the horizon or with the last death.'),
  paths: wholeNumberFrom(1, paths),
  seed,
  percentiles,
  people: z.array(personSchema).min(1, onePersonOrCouple).max(2, onePersonOrCouple),
  filingStatus: filingStatus.describe(
    'Filing status. Two persons are spouses who file jointly or separately, or unmarried partners who file as single: then each has a tax return, and neither has Social Security on the record of the other. After the first death the survivor files as single. One person always files with this status.',
  ),
  incomes: listFrom(incomeSchema, 0, entries),
  expenses: listFrom(expenseSchema, 0, entries),
  spending: spendingSchema,
  goals: listFrom(goalSchema, 0, entries),
  accounts: listFrom(accountSchema, 0, accounts),
  contributions: listFrom(contributionSchema, 0, entries),
  debts: listFrom(debtSchema, 0, entries),
  properties: listFrom(propertySchema, 0, entries),
  withdrawals: withdrawalsSchema,
  rothConversion: rothConversionSchema.nullable(),
  tax: taxSchema,
  returns: returnModelSchema.describe(
    'Return model: asset classes and inflation. Allocations of accounts refer to its asset keys. Its own weights are not used.',
  ),
  openingReturns: openingReturns
    .optional()
    .describe('A stress: given returns and inflation of the first plan years, on every path. Later years are drawn as without it.'),
  successCriterion,
  sensitivities: z
    .array(textOf(SENSITIVITY_INPUTS))
    .optional()
    .describe('A grid: each of these inputs is also moved down and up, on the same random numbers.'),
})

export type OpeningReturns = Immutable<z.infer<typeof openingReturns>>
/** The type of `householdSpecSchema`. */
export type HouseholdSpec = Immutable<Omit<z.infer<typeof householdSpecSchema>, 'returns'>> & { readonly returns: ReturnModel }
