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

/** Something must be left to go on with. */
const leastReturn = -0.99

const onePersonOrCouple = 'must be one person or a couple'

const openingReturns = z.strictObject({
  assets: z
    .record(z.string(), numbersFrom(leastReturn, historicalReturn))
    .describe('Simple returns by asset key, from plan year 0 on; assets and years left out are drawn.'),
  inflation: numbersFrom(historicalInflation.minimum, historicalInflation.maximum),
})

/**
 * Everything a household simulation reads, as plain JSON: its canonical text is hashed and stored, and the same specification gives
 * the same bits anywhere. Years are plan years counted from 0; money is in dollars of the as-of date where indexed to inflation, and
 * of its own year where not; shares and rates are fractions. Cash flows happen at the start of a year unless said otherwise.
 *
 * The schema says what each member may be by itself, the rules in validate.ts what members have to agree in. It is for checking alone:
 * what is simulated, hashed and stored is the value itself.
 */
export const householdSpecSchema = z.strictObject({
  kind: z.literal('household'),
  asOfDate: calendarDate.describe('First day of plan year 0, YYYY-MM-DD.'),
  years: wholeNumberFrom(1, years).describe('Each path runs so long, or until the last person has died.'),
  paths: wholeNumberFrom(1, paths),
  seed,
  percentiles,
  people: z.array(personSchema).min(1, onePersonOrCouple).max(2, onePersonOrCouple),
  filingStatus: filingStatus.describe(
    'A couple files jointly until one dies, the survivor as single from the year after; one person files as it says, always.',
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
    'Asset classes, inflation and how they move. Accounts allocate over its asset keys; its own weights are those of no account.',
  ),
  openingReturns: openingReturns
    .optional()
    .describe(
      'Returns and inflation of the first plan years on every path, instead of those drawn: a stress. Later years are drawn as without it.',
    ),
  successCriterion,
  sensitivities: z
    .array(textOf(SENSITIVITY_INPUTS))
    .optional()
    .describe('A grid: each of these inputs is moved down and up besides, on the same random numbers.'),
})

export type OpeningReturns = Immutable<z.infer<typeof openingReturns>>
/** As `householdSpecSchema` says. */
export type HouseholdSpec = Immutable<Omit<z.infer<typeof householdSpecSchema>, 'returns'>> & { readonly returns: ReturnModel }
