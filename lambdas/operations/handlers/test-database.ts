import { writeAndRollBack } from '../../../db/queries/operations/write-test.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['test-database'], async ({ transaction }) => ok(await writeAndRollBack(transaction)))
