import * as z from 'zod'
import { reply } from '../../runtime/responses.ts'
import { requiredHousehold } from '../schemas/household.ts'
import { categoryReport, incomeReport, retirementReport, taxReportQuery, taxYearPath } from '../schemas/tax-reports.ts'

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
  'export-tax-report': {
    ...common,
    path: '/v1/wealth/tax-reports/{year}/export',
    summary: 'Export a tax report of a year',
    description: 'A file to keep, to print or to give to a tax adviser. The same report gives the same bytes.',
    query: z.strictObject({
      householdId: requiredHousehold,
      report: z.enum(['categories', 'income', 'retirement']).describe('Which report.'),
      format: z.enum(['csv', 'json', 'pdf']).describe('The format of the file. A PDF is for paper of the size US Letter.'),
    }),
    responses: { 200: { description: 'The file.', body: z.string(), contentType: 'application/pdf' } },
  },
} as const
