import { acknowledgeEvent } from '../../../db/queries/operations/system-events.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { systemEvents } from '../resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['acknowledge-system-event'], async ({ params, transaction, user }) =>
  ok(systemEvents.present(requireRow(await acknowledgeEvent(transaction, params.systemEventId, user.id), systemEvents))),
)
