import { type DataTable, type PrintedDocument, tableCsv, writePdf } from '../../../domain/documents/index.ts'
import {
  categoryDocument,
  categoryTable,
  incomeDocument,
  incomeTable,
  retirementDocument,
  retirementTable,
} from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../../db/database.ts'
import { answerLimitBytes } from '../../runtime/answer-size.ts'
import { type Reply, serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'
import { categoriesOf, incomeOf, readTaxYear, retirementOf, type TaxYear, tooLargeReport } from '../tax-year.ts'

/** A report with what each format needs of it. */
interface Exported {
  readonly data: unknown
  readonly table: DataTable
  readonly document: PrintedDocument
}

const reports = {
  categories: (_: Transaction, taxYear: TaxYear): Exported => {
    const data = categoriesOf(taxYear)
    return { data, table: categoryTable(data, taxYear.names), document: categoryDocument(data, taxYear.names) }
  },
  income: async (transaction: Transaction, taxYear: TaxYear): Promise<Exported> => {
    const data = await incomeOf(transaction, taxYear)
    return { data, table: incomeTable(data, taxYear.names), document: incomeDocument(data, taxYear.names) }
  },
  retirement: (_: Transaction, taxYear: TaxYear): Exported => {
    const data = retirementOf(taxYear)
    return { data, table: retirementTable(data, taxYear.names), document: retirementDocument(data, taxYear.names) }
  },
} as const

const files = {
  csv: ({ table }: Exported) => ({ type: 'text/csv; charset=utf-8', body: tableCsv(table) }),
  json: ({ data }: Exported) => ({ type: 'application/json; charset=utf-8', body: JSON.stringify(data) }),
  pdf: async ({ document }: Exported) => ({
    type: 'application/pdf',
    body: Buffer.from(await writePdf(document)).toString('base64'),
    isBase64: true,
  }),
} as const

export const handler = serve(wealthRoutes['export-tax-report'], async ({ params, query, transaction }): Promise<Reply> => {
  const taxYear = await readTaxYear(transaction, query.householdId, params.year)
  const { type, ...file } = await files[query.format](await reports[query.report](transaction, taxYear))
  if (Buffer.byteLength(JSON.stringify(file.body)) > answerLimitBytes) throw tooLargeReport()
  return { status: 200, ...file, headers: { 'content-type': type } }
})
