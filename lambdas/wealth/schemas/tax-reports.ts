import * as z from 'zod'
import {
  contributionForms,
  dividendBoxes,
  distributionForms,
  interestBoxes,
  taxCategories,
  taxTypes,
} from '../../../domain/wealth/index.ts'
import { calendarDate, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { requiredHousehold, taxYearText } from './household.ts'

/** The year in the path of a tax report. */
export const taxYearPath = z.strictObject({ year: taxYearText.transform(Number) })
export const taxReportQuery = z.strictObject({ householdId: requiredHousehold })
export const reportFormat = z
  .enum(['csv', 'json', 'pdf'])
  .meta({ description: 'The format of the file. A PDF is for paper of the size US Letter.', parameter: 'ReportFormat' })

const amount = z.string().meta({ id: 'TaxAmount', description: 'An amount in the currency beside it.', example: '1234.56' })
const figure = z.strictObject({ amount, transactionIds: z.array(uuid).describe('The transactions that it is made of.') })
const category = z.enum(taxCategories)
const line = z.strictObject({
  transactionId: uuid,
  accountId: uuid,
  date: calendarDate,
  symbol: z.string().nullable(),
  description: z.string(),
  amount,
})
const lines = z.array(line).describe('The transactions of all figures, with their amounts in the ledger.')

export const categoryReport = z.strictObject({
  year: z.int(),
  categories: z.array(
    figure.extend({
      category,
      currency: z.string(),
      isSheltered: z.boolean().describe('Of retirement, health and education accounts, whose income is not taxed in the year.'),
    }),
  ),
  transactions: z
    .array(line.extend({ category }))
    .describe('By date. Dividends and interest are before withheld tax, sales have their proceeds.'),
})

const boxes = <Box extends string>(names: readonly Box[]) =>
  z.strictObject(Object.fromEntries(names.map(name => [name, figure])) as Record<Box, typeof figure>)
const ofDividends = boxes(dividendBoxes).describe('The boxes of Form 1099-DIV.')
const ofInterest = boxes(interestBoxes).describe('The boxes of Form 1099-INT.')
const income = {
  currency: z.string(),
  dividends: ofDividends,
  interest: ofInterest,
  interestPaid: figure.describe('Interest that was paid, as on margin. It is in no box.'),
}

export const incomeReport = z.strictObject({
  year: z.int(),
  accounts: z.array(z.strictObject({ accountId: uuid, ...income })),
  totals: z.array(z.strictObject(income)).describe('The sums of all accounts of a currency.'),
  dividends: z.array(
    z.strictObject({
      transactionId: uuid,
      accountId: uuid,
      date: calendarDate,
      symbol: z.string().nullable(),
      description: z.string(),
      amount,
      isQualified: z.boolean().nullable().describe('What the payer says; null if nothing.'),
      exDate: calendarDate.describe('The ex-dividend date, or the day of payment where it is not known.'),
      exDateSource: z.enum(['market', 'pay_date']),
      qualified: amount.describe('What counts as qualified.'),
      reported: amount.describe('What is qualified by the payer alone.'),
      byHolding: amount
        .nullable()
        .describe('What fulfils the holding period, whatever the payer says; null if the holdings are not known.'),
      note: z.string().nullable().describe('Why they differ, or what is not known.'),
    }),
  ),
  transactions: lines,
})

const boxFigure = figure.extend({
  form: z.enum([...contributionForms, ...distributionForms]).describe('`plan`: a plan of an employer. `none`: no federal form.'),
  box: z.string().describe('The number of the box; empty where the form is none.'),
  title: z.string(),
})

export const retirementReport = z.strictObject({
  year: z.int(),
  accounts: z.array(
    z.strictObject({
      accountId: uuid,
      taxType: z.enum(taxTypes).nullable(),
      currency: z.string(),
      contributions: z.array(boxFigure),
      distributions: z.array(boxFigure),
      transfersIn: figure.describe('Units and money from another such account. They are in no box.'),
      transfersOut: figure,
    }),
  ),
  transactions: lines,
})

nameSchemas({
  TaxBoxFigure: boxFigure,
  TaxCategoryReport: categoryReport,
  TaxDividendBoxes: ofDividends,
  TaxInterestBoxes: ofInterest,
  TaxFigure: figure,
  TaxReportLine: line,
  TaxReportLines: lines,
  TaxIncomeReport: incomeReport,
  TaxRetirementReport: retirementReport,
})
