import { ok, serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'
import { incomeOf, readTaxYear } from '../tax-year.ts'

export const handler = serve(wealthRoutes['get-tax-income-report'], async ({ params, query, transaction }) => {
  const taxYear = await readTaxYear(transaction, query.householdId, params.year)
  return ok(await incomeOf(transaction, taxYear))
})
