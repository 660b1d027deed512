import { ok, serve } from '../../runtime/serve.ts'
import { readForm8949 } from '../form-8949.ts'
import { todayOf } from '../household-day.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-form-8949'], async ({ params, query: { householdId, ...style }, transaction }) => {
  await todayOf(transaction, householdId)
  return ok(await readForm8949(transaction, householdId, params.year, style))
})
