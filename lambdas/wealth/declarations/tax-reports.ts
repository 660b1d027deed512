import * as z from 'zod'
import { fileProfile } from '../../../domain/files/index.ts'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { reply } from '../../runtime/responses.ts'
import { flag } from '../../runtime/resource/filters.ts'
import { uuid } from '../../runtime/schemas.ts'
import { brokerComparison, form8949, form8949Line, formBox, plainSales, rounding } from '../schemas/form-8949.ts'
import { harvest, unrealisedReport } from '../schemas/unrealised.ts'
import { taxYear } from './lots.ts'
import { requiredHousehold } from '../schemas/household.ts'
import { categoryReport, incomeReport, reportFormat, retirementReport, taxReportQuery, taxYearPath } from '../schemas/tax-reports.ts'

const common = {
  method: 'GET',
  access: 'read',
  backends: ['database'],
  params: taxYearPath,
  refuses: [409],
  transactions: 'snapshot',
  timeoutSeconds: 29,
  memoryMegabytes: 1024,
} as const

export const taxReportDeclarations = {
  'get-tax-report': {
    ...common,
    path: '/v1/wealth/tax-reports/{year}',
    summary: 'Get the tax report of a year by category',
    description:
      'Each figure names its transactions. Pending and reversed transactions count for nothing, and transfers are left out. Sales have their proceeds, not their gains.',
    query: taxReportQuery,
    responses: { 200: reply('The report.', categoryReport) },
  },
  'get-tax-income-report': {
    ...common,
    path: '/v1/wealth/tax-reports/{year}/income',
    summary: 'Get the dividends and interest of a year',
    description:
      'By account, in the boxes of Forms 1099-DIV and 1099-INT. Of a dividend that the payer calls qualified, the shares count that were held for more than 60 days of its 121-day period.',
    query: taxReportQuery,
    responses: { 200: reply('The report.', incomeReport) },
  },
  'get-tax-retirement-report': {
    ...common,
    path: '/v1/wealth/tax-reports/{year}/retirement',
    summary: 'Get the contributions and distributions of a year',
    description:
      'Of retirement, health and education accounts, in the boxes of Forms 5498, 5498-SA, 1099-R, 1099-SA and 1099-Q. Transfers and rollovers are apart.',
    query: taxReportQuery,
    responses: { 200: reply('The report.', retirementReport) },
  },
  'get-form-8949': {
    ...common,
    path: '/v1/wealth/tax-reports/{year}/form-8949',
    summary: 'Get the capital gains of a year',
    description:
      'Form 8949 in sums, with Schedule D. Accounts in which gains are not taxed are left out. The lines are a list of their own.',
    query: z.strictObject({
      householdId: requiredHousehold,
      rounding: rounding.default('cents'),
      plainSales: plainSales.default('lines'),
    }),
    refuses: [],
    responses: { 200: reply('The form.', form8949) },
  },
  'list-form-8949-lines': {
    ...common,
    path: '/v1/wealth/tax-reports/{year}/form-8949/lines',
    summary: 'List the lines of Form 8949',
    description: 'Each lot that was sold in the year, the oldest sale first. Each names the sale and the transaction that opened the lot.',
    query: z.strictObject({
      householdId: requiredHousehold,
      box: formBox.optional().describe('Only lines of this box.'),
      isIncomplete: flag.optional().describe('`true`: only lines of which the gain is not known. `false`: only those on the form.'),
      rounding: rounding.default('cents'),
      ...pageQuery,
    }),
    refuses: [],
    responses: { 200: reply('A page.', pageOf(form8949Line)) },
  },
  'create-broker-comparison': {
    ...common,
    method: 'POST',
    path: '/v1/wealth/broker-comparisons',
    summary: 'Compare a broker’s Form 1099-B with the ledger',
    description:
      'The body is the table of the broker, as CSV. Sales are matched by security, day, quantity, day of purchase and proceeds. Each pair is equal, or differs in named fields with the likely cause. Nothing is stored.',
    params: undefined,
    refuses: [404, 409],
    query: z.strictObject({
      householdId: requiredHousehold,
      year: taxYear.describe('The year of the form.'),
      accountId: uuid.optional().describe('The account at the broker. Left out: all accounts at an institution.'),
      dateOrder: fileProfile.shape.dateOrder
        .optional()
        .describe('The order of day and month in the file. Left out: as its dates show it; if they do not, the month is first.'),
    }),
    bulkBody: { mediaTypes: ['text/csv', 'application/octet-stream'], limitBytes: 4_000_000 },
    responses: { 200: reply('Both sides.', brokerComparison) },
  },
  'export-tax-report': {
    ...common,
    path: '/v1/wealth/tax-reports/{year}/export',
    summary: 'Export a tax report of a year',
    description: 'A file to keep, to print or to give to a tax adviser. The same report gives the same bytes.',
    query: z.strictObject({
      householdId: requiredHousehold,
      report: z.enum(['categories', 'form-8949', 'income', 'retirement']).describe('Which report.'),
      format: reportFormat,
      rounding: rounding.default('cents'),
      plainSales: plainSales.default('lines'),
    }),
    responses: { 200: { description: 'The file.', body: z.string(), contentType: 'application/pdf' } },
  },
  'get-unrealised-gains': {
    ...common,
    params: undefined,
    refuses: [404, 409],
    path: '/v1/wealth/unrealised-gains',
    summary: 'Get the gains that are not realised',
    description:
      'The open lots of accounts in which gains are taxed, at the newest price, with sums by term and the day on which each turns long-term.',
    query: taxReportQuery,
    responses: { 200: reply('The report.', unrealisedReport) },
  },
  'export-unrealised-gains': {
    ...common,
    params: undefined,
    refuses: [404, 409],
    path: '/v1/wealth/unrealised-gains/export',
    summary: 'Export the gains that are not realised',
    description: 'A file with a row for each lot.',
    query: taxReportQuery.extend({ format: reportFormat }),
    responses: { 200: { description: 'The file.', body: z.string(), contentType: 'application/pdf' } },
  },
  'get-harvest-candidates': {
    ...common,
    params: undefined,
    refuses: [404, 409],
    path: '/v1/wealth/harvest-candidates',
    summary: 'Get losses that could be realised now',
    description:
      'Securities with lots at a loss, what a sale would save by the brackets of the household, and the part that a wash sale would disallow. The tax is an estimate from the facts of the year.',
    query: taxReportQuery,
    responses: { 200: reply('The losses.', harvest) },
  },
} as const
