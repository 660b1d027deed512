import { householdRows } from '../../../db/queries/identity/index.ts'
import { findTaxYear } from '../../../db/queries/wealth/index.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { taxYears } from '../resources/tax-years.ts'
import { wealthRoutes } from '../routes.ts'
import { taxYearBody } from '../schemas/tax-years.ts'

export const handler = serve(wealthRoutes['get-tax-year'], async ({ params: { householdId, year }, transaction }) => {
  if (!(await householdRows.find(transaction, householdId))) throw notFound('household')
  const found = await findTaxYear(transaction, householdId, Number(year))
  if (found) return ok(taxYears.present(found), found.version)
  return ok({ ...taxYearBody.parse({}), householdId, year: Number(year), version: 0, updatedAt: null }, 0)
})
