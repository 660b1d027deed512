import { ok, serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'
import { retirementOf, readTaxYear } from '../tax-year.ts'

export const handler = serve(wealthRoutes['get-tax-retirement-report'], async ({ params, query, transaction }) =>
  ok(retirementOf(await readTaxYear(transaction, query.householdId, params.year))),
)
