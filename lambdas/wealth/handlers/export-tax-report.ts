import {
  categoryDocument,
  categoryTable,
  form8949,
  form8949Document,
  form8949Table,
  incomeDocument,
  incomeTable,
  retirementDocument,
  retirementTable,
  sumLines,
} from '../../../domain/wealth/index.ts'
import { listDisposals } from '../../../db/queries/wealth/disposals.ts'
import type { Transaction } from '../../../db/database.ts'
import { serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'
import { type Exported, reportFile } from '../report-files.ts'
import { type FormStyle, readScheduleD } from '../form-8949.ts'
import { categoriesOf, incomeOf, mostRows, readTaxAccounts, readTaxYear, retirementOf, type TaxYear, tooLargeReport } from '../tax-year.ts'

interface Asked {
  readonly transaction: Transaction
  readonly householdId: string
  readonly year: number
  readonly style: FormStyle
}

const yearOf = ({ householdId, transaction, year }: Asked): Promise<TaxYear> => readTaxYear(transaction, householdId, year)

const reports = {
  categories: async (asked: Asked): Promise<Exported> => {
    const taxYear = await yearOf(asked)
    const data = categoriesOf(taxYear)
    return { data, table: categoryTable(data, taxYear.names), document: categoryDocument(data, taxYear.names) }
  },
  'form-8949': async ({ householdId, style, transaction, year }: Asked): Promise<Exported> => {
    const { names } = await readTaxAccounts(transaction, householdId)
    const rows = await listDisposals(transaction, { householdId, year }, mostRows + 1)
    if (rows.length > mostRows) throw tooLargeReport()
    const form = form8949(rows, style.rounding)
    const { facts, schedule } = await readScheduleD(transaction, householdId, year, sumLines(form.lines), style)
    return {
      data: { year, ...style, ...form, facts, schedule },
      table: form8949Table(form, names),
      document: form8949Document(form, year, names, schedule),
    }
  },
  income: async (asked: Asked): Promise<Exported> => {
    const taxYear = await yearOf(asked)
    const data = await incomeOf(asked.transaction, taxYear)
    return { data, table: incomeTable(data, taxYear.names), document: incomeDocument(data, taxYear.names) }
  },
  retirement: async (asked: Asked): Promise<Exported> => {
    const taxYear = await yearOf(asked)
    const data = retirementOf(taxYear)
    return { data, table: retirementTable(data, taxYear.names), document: retirementDocument(data, taxYear.names) }
  },
} as const

export const handler = serve(wealthRoutes['export-tax-report'], async ({ params: { year }, query, transaction }) => {
  const { format, householdId, report, ...style } = query
  return reportFile(await reports[report]({ transaction, householdId, year, style }), format)
})
