import { ok, serve } from '../../runtime/serve.ts'
import { readHarvest } from '../harvest.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-harvest-candidates'], async ({ query: { householdId }, transaction }) =>
  ok(await readHarvest(transaction, householdId)),
)
