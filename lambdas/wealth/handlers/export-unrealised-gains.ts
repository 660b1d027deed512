import { unrealisedDocument, unrealisedReport, unrealisedTable } from '../../../domain/wealth/index.ts'
import { serve } from '../../runtime/serve.ts'
import { readUnrealised } from '../harvest.ts'
import { reportFile } from '../report-files.ts'
import { wealthRoutes } from '../routes.ts'
import { readTaxAccounts } from '../tax-year.ts'

export const handler = serve(wealthRoutes['export-unrealised-gains'], async ({ query: { format, householdId }, transaction }) => {
  const { names } = await readTaxAccounts(transaction, householdId)
  const { lots, today } = await readUnrealised(transaction, householdId)
  const data = unrealisedReport(lots, today)
  return reportFile({ data, table: unrealisedTable(data, names), document: unrealisedDocument(data, names) }, format)
})
