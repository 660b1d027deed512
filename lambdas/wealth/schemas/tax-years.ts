import * as z from 'zod'
import { money, nonNegativeMoney } from '../../../domain/shared/index.ts'
import { filingStatuses, hsaCoverages, limitKinds, missingFacts, partKinds, sepBases } from '../../../domain/us-tax/index.ts'
import { contributionSources } from '../../../domain/wealth/index.ts'
import { calendarDate, instant, nameSchemas, uuid } from '../../runtime/schemas.ts'

export const filingStatus = z.enum(filingStatuses).meta({ id: 'FilingStatus', description: 'Filing status of a return.' })
const state = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be the two letters of a state, like "CA"')
  .meta({ id: 'StateCode', description: 'The two letters of a state.', example: 'CA' })
const flagOrNull = z.boolean().nullable().default(null)
const amount = nonNegativeMoney.nullable().default(null)
const signed = money.nullable().default(null)

const yearFields = {
  filingStatus: filingStatus.nullable().default(null).describe('Of the person and the spouse of the household.'),
  state: state.nullable().default(null).describe('The state of residence.'),
  livedApart: flagOrNull.describe('Of spouses who file separately: they lived apart for the whole year.'),
  ordinaryIncome: signed.describe('Ordinary income without wages and earnings from self-employment: interest, rents, pensions.'),
  itemizedDeductions: amount.describe('Itemized deductions. Null: the standard deduction, or not known.'),
  shortTermLossCarryover: amount.describe('Short-term capital loss of earlier years, as an amount of zero or more.'),
  longTermLossCarryover: amount.describe('Long-term capital loss of earlier years, as an amount of zero or more.'),
  modifiedAgi: signed.describe(
    'Modified adjusted gross income of the return, as IRAs need it (Publication 590-A, worksheets 1-1 and 2-1).',
  ),
}

const personFields = {
  personId: uuid.describe('The person.'),
  wages: amount.describe('Wages of the year. Null while `selfEmployment` is given: none.'),
  selfEmployment: signed.describe('Net profit less the deductible half of the self-employment tax. Null while `wages` is given: none.'),
  sepBasis: z.enum(sepBases).nullable().default(null).describe('The income on which SEP contributions are based, if the person has both.'),
  wagesYearBefore: amount.describe('Wages of the year before that were subject to social security tax, from the employer of the plan.'),
  coveredAtWork: flagOrNull.describe('Covered by a retirement plan at work: box 13 of Form W-2.'),
  hsaCoverage: z
    .array(z.enum(hsaCoverages))
    .length(12)
    .nullable()
    .default(null)
    .describe('Coverage by a high-deductible health plan on the first day of each month, January first.'),
  medicareFromMonth: z
    .int()
    .min(1)
    .max(12)
    .nullable()
    .default(null)
    .describe('The first month on Medicare; 1 if it began in an earlier year. Null: not on Medicare.'),
  filingStatus: filingStatus.nullable().default(null).describe('Of a person with a return of their own.'),
  modifiedAgi: signed.describe('Of a person with a return of their own, and of spouses who file separately.'),
  fiveYearBeneficiaries: z
    .array(uuid)
    .max(50)
    .default([])
    .describe('Beneficiaries of 529 accounts for whom the person elects to spread the gifts of the year over five years.'),
}

const personBody = z.strictObject(personFields)
export const taxYearBody = z.strictObject({
  ...yearFields,
  people: z
    .array(personBody)
    .max(100)
    .default([])
    .superRefine((people, context) => {
      for (const [index, { personId }] of people.entries())
        if (people.findIndex(other => other.personId === personId) < index)
          context.addIssue({ code: 'custom', path: [index, 'personId'], message: 'must be given once' })
    })
    .describe('What is known of single persons.'),
})

const required = <Shape extends Readonly<Record<string, z.ZodDefault | z.ZodType>>>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field instanceof z.ZodDefault ? field.unwrap() : field])) as {
    [Name in keyof Shape]: Shape[Name] extends z.ZodDefault<infer Inner> ? Inner : Shape[Name]
  }

const personInYear = z.strictObject(required(personFields))
export const taxYear = z.strictObject({
  householdId: uuid,
  year: z.int(),
  ...required(yearFields),
  people: z.array(personInYear),
  version: z.int().describe('0: nothing is stated yet.'),
  updatedAt: instant.nullable(),
})

const text = money.nullable()
const limitDeposit = z.strictObject({
  transactionId: uuid,
  accountId: uuid,
  accountName: z.string(),
  date: calendarDate,
  amount: money.describe('Negative for a withdrawal that returns deposits.'),
  source: z.enum(contributionSources).nullable(),
  taxYear: z.int().nullable(),
})
const limitPart = z.strictObject({
  kind: z.enum(partKinds),
  amount: money.describe('Negative if it reduces the limit.'),
  months: z.int().nullable().describe('Of an HSA: the months that count.'),
})
const missingFact = z.strictObject({ fact: z.enum(missingFacts), personId: uuid.nullable() })
const contributionCheck = z.strictObject({
  kind: z.enum(limitKinds),
  status: z.enum(['within', 'over', 'incomplete']).describe('`incomplete`: something in `missing` has to be stated first.'),
  personId: uuid.describe('The person who has the limit; of gifts, the giver.'),
  accountId: uuid.nullable().describe('Of a limit of one plan.'),
  beneficiaryId: uuid.nullable().describe('Of gifts to 529 accounts.'),
  sharedWithId: uuid.nullable().describe('The spouse with whom the limit is shared.'),
  limit: text.describe('The sum of its parts. Null while something is missing.'),
  parts: z.array(limitPart),
  used: money.describe('Deposits less returns.'),
  left: text,
  over: text,
  overElsewhere: money.describe('The part of `over` that another limit of the person has too. It is corrected once.'),
  excisePerYear: text.describe('6 % of the excess, for each year in which it stays. Null: no excise is due.'),
  missing: z.array(missingFact),
  consequence: z.string().describe('What an excess costs.'),
  correction: z.string().describe('How an excess is corrected.'),
  lastDayToCorrect: calendarDate,
  deposits: z.array(limitDeposit).describe('What counts.'),
})

export const contributionLimits = z.strictObject({
  householdId: uuid,
  year: z.int(),
  years: z.array(z.int()).describe('The years with limits.'),
  sources: z.array(z.string()).describe('Where the figures of the year are published.'),
  checks: z.array(contributionCheck),
  uncounted: z
    .array(z.strictObject({ accountId: uuid, accountName: z.string(), reason: z.enum(['no_owner', 'cash_account']) }))
    .describe('Accounts of which deposits are not counted: nobody owns them, or their transactions have no tax year.'),
  factsVersion: z.int().describe('The version of the facts of the year; 0: nothing is stated.'),
})

nameSchemas({
  ContributionCheck: contributionCheck,
  ContributionLimits: contributionLimits,
  LimitDeposit: limitDeposit,
  LimitPart: limitPart,
  PersonInTaxYear: personInYear,
  PersonInTaxYearBody: personBody,
  TaxYear: taxYear,
})
