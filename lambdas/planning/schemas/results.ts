import * as z from 'zod'
import { YEARLY_FLOWS } from '../../../domain/planning/index.ts'
import { nameSchemas } from '../../runtime/schemas.ts'
import { sensitivity } from './comparisons.ts'

const band = z.array(z.array(z.number()))

const endingWealth = z.strictObject({
  mean: z.number(),
  standardDeviation: z.number(),
  minimum: z.number(),
  maximum: z.number(),
  percentiles: z.array(z.number()),
})

const failedPaths = z.strictObject({
  year: z.int(),
  age: z.int(),
  paths: z.int(),
  causes: z
    .strictObject({ discretionarySpending: z.int(), essentialSpending: z.int(), debts: z.int(), taxes: z.int() })
    .optional()
    .describe('The same paths by the most essential payment that they miss in that year. Runs of older engines have none.'),
})

const depletion = z
  .union([z.array(z.int()), z.array(failedPaths)])
  .describe(
    'Paths that first fail in each plan year: of a portfolio by year, of a household the years that have some, with the age of the older person.',
  )

const interval = z.strictObject({ level: z.number(), method: z.string(), lower: z.number(), upper: z.number() })
const proportion = z.strictObject({ count: z.int(), probability: z.number(), interval })

const goalResult = z.strictObject({
  key: z.string(),
  year: z.int().optional().describe('Plan year of the goal. Runs of older engines have none.'),
  missed: z.int().optional().describe('Number of paths that reach it and do not pay it in full. Runs of older engines have none.'),
  reached: z.int().describe('Number of paths that reach the goal’s year.'),
  funded: proportion.nullable(),
  meanFundedShare: z.number().nullable(),
})

const samplePath = z.strictObject({
  path: z.int(),
  success: z.boolean(),
  wealthReal: z.array(z.number()),
  spendingReal: z.array(z.number()),
})

const taxesByKind = z.record(z.string(), z.number()).describe('In dollars, by kind of tax.')
const portfolioReturn = z.strictObject({ arithmeticMean: z.number(), meanAnnualised: z.number() })

const byYear = z.array(z.number()).describe('Means by plan year, from 0, as many as `surviving`.')

/** The means of the named flows. */
const means = <Name extends string>(names: readonly Name[]) =>
  z.strictObject(Object.fromEntries(names.map(name => [name, byYear])) as Record<Name, typeof byYear>)

/** Of debts and of goals: what is wanted, and what is paid of it. */
const plannedAndPaid = means(['planned', 'paid'])

/** Mean flows by plan year, over the paths with somebody alive at the start of the year, in money of the as-of date. */
const yearlyFlows = z.strictObject({
  income: means(YEARLY_FLOWS.income).describe('Incomes by kind; `investmentIncome` is rent.'),
  property: means(YEARLY_FLOWS.property).describe('Properties sold, less costs.'),
  withdrawals: means(YEARLY_FLOWS.withdrawals).describe(
    'From accounts, by kind of account. `required` are the distributions that the law requires, `charitable` the gifts from IRAs: both are part of the total.',
  ),
  contributions: means(YEARLY_FLOWS.contributions).describe('Paid by the household, and by its employers; their part is no income.'),
  taxes: means(YEARLY_FLOWS.taxes).describe('Taxes by kind, their total, and the part of it that is paid.'),
  spending: means(YEARLY_FLOWS.spending).describe(
    'Without goals, debts and taxes. `planned` is what the spending rule wants, before retirement the plan; `essential` is part of it.',
  ),
  debts: plannedAndPaid.describe('Payments of debts.'),
  goals: plannedAndPaid.describe('Goals of the year.'),
  surplus: means(YEARLY_FLOWS.surplus).describe('Income that is left: saved in a taxable account, or spent.'),
  conversions: means(YEARLY_FLOWS.conversions).describe('Moved from traditional to Roth accounts.'),
})

/** All figures are estimates from the simulated paths. `definitions` explains each of them. */
export const simulationResult = z.looseObject({
  engineVersion: z.string(),
  definitions: z.record(z.string(), z.string()),
  paths: z.int(),
  success: proportion.extend({
    criterion: z.string().optional().describe('Of a household: the spending that has to be paid.'),
  }),
  bands: z.strictObject({ percentiles: z.array(z.number()), nominal: band, real: band }),
  endingWealth: z.strictObject({ nominal: endingWealth, real: endingWealth }),
  depletion,
  portfolioReturn: z
    .strictObject({ nominal: portfolioReturn, real: portfolioReturn })
    .optional()
    .describe('Of a portfolio: its returns per year, as fractions.'),
  surviving: z.array(z.int()).optional().describe('Of a household: paths with somebody alive, by plan year.'),
  spending: z
    .strictObject({ percentiles: z.array(z.number()), real: band })
    .optional()
    .describe('Of a household: the spending paid.'),
  taxes: z
    .strictObject({ lifetimeReal: endingWealth, meanByKind: taxesByKind })
    .optional()
    .describe('Of a household: the taxes of a whole life.'),
  goals: z.array(goalResult).optional().describe('Of a household: how often its goals are funded.'),
  yearly: z
    .strictObject({ real: yearlyFlows })
    .optional()
    .describe('Of a household: mean incomes, taxes, spending and other flows by plan year. Runs of older engines have none.'),
  samplePaths: z.array(samplePath).optional().describe('Of a household: the paths at the percentiles of ending wealth.'),
  sensitivities: z.array(sensitivity).optional().describe('The tornado of a run that was started with sensitivities.'),
})

/** What every year of a ledger has. Amounts are in dollars of the year. */
const ledgerYear = z.looseObject({
  year: z.int().describe('Plan year, from 0.'),
  opening: z.number(),
  growth: z.number(),
  priceIndex: z
    .number()
    .describe('Price level relative to the as-of date: at the end of a portfolio’s year, at the start of a household’s.'),
  closing: z.number(),
})

const portfolioYear = ledgerYear.extend({
  flow: z.number().describe('What is paid in, less what is paid out.'),
  portfolioGrowth: z.number().describe('Gross return of the portfolio, without flows.'),
  realBalance: z.number().describe('Closing balance in money of the as-of date.'),
  paidInFull: z.boolean().describe('Whether every withdrawal until now was paid in full.'),
  accounts: z.array(z.strictObject({ key: z.string(), closing: z.number() })).optional(),
})

const householdYear = ledgerYear.extend({
  calendarYear: z.int(),
  people: z.array(z.strictObject({ key: z.string(), age: z.int(), retired: z.boolean(), socialSecurity: z.number() })),
  filingStatus: z.string(),
  closingPriceIndex: z.number(),
  wages: z.number(),
  selfEmployment: z.number(),
  pensions: z.number(),
  investmentIncome: z.number(),
  otherIncome: z.number(),
  untaxedIncome: z.number(),
  socialSecurity: z.number(),
  income: z.number(),
  propertyProceeds: z.number(),
  dividends: z.number(),
  requiredDistributions: z.number(),
  charitableDistributions: z.number(),
  rothConversion: z.number(),
  spending: z.number().describe('What the spending rule wants.'),
  essentialSpending: z.number(),
  spendingPaid: z.number(),
  spendingChangeReal: z.number().nullable().describe('Change of real spending from last year, as a fraction.'),
  reasons: z.array(z.string()).describe('The reasons for the spending of the year.'),
  debtPayment: z.number(),
  debtPaid: z.number(),
  goalsWanted: z.number(),
  goalsPaid: z.number(),
  contributions: z.number(),
  employerMatch: z.number(),
  withdrawals: z.number(),
  tax: z.number(),
  taxPaid: z.number(),
  taxes: taxesByKind,
  surplusSaved: z.number(),
  surplusSpent: z.number(),
  fees: z.number(),
  accounts: z.array(
    z.strictObject({
      key: z.string(),
      owner: z.string(),
      withdrawn: z.number(),
      required: z.number(),
      closing: z.number(),
      basis: z.number(),
    }),
  ),
  goals: z.array(z.strictObject({ key: z.string(), fundedShare: z.number() })),
  succeeding: z.boolean().describe('Whether everything that decides success has been paid so far.'),
  closingReal: z.number(),
})

/** The years of a path: of a household, or of a portfolio. */
export const pathYears = z.union([z.array(householdYear), z.array(portfolioYear)])

nameSchemas({
  EndingWealth: endingWealth,
  FailedPaths: failedPaths,
  HouseholdYear: householdYear,
  PlannedAndPaid: plannedAndPaid,
  PortfolioReturn: portfolioReturn,
  PortfolioYear: portfolioYear,
  ProportionInterval: interval,
  SimulationResult: simulationResult,
  YearlyFlows: yearlyFlows,
})
