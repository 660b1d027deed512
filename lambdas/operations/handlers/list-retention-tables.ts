import { ok, serve } from '../../runtime/serve.ts'
import { tableRules } from '../retention/policy-form.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['list-retention-tables'], async () => ok({ items: tableRules }))
