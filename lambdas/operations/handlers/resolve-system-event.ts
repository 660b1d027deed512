import { resolveEvent } from '../../../db/queries/operations/system-events.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { systemEvents } from '../resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['resolve-system-event'], async ({ body, params, transaction, user }) =>
  ok(systemEvents.present(requireRow(await resolveEvent(transaction, params.systemEventId, user.id, body.notes), systemEvents))),
)
