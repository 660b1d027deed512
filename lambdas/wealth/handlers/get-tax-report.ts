import { ok, serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'
import { categoriesOf, readTaxYear } from '../tax-year.ts'

export const handler = serve(wealthRoutes['get-tax-report'], async ({ params, query, transaction }) =>
  ok(categoriesOf(await readTaxYear(transaction, query.householdId, params.year))),
)
