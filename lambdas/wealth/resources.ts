import { connectionRows } from '../../db/queries/wealth/connections.ts'
import { plaidConnections } from '../../db/schema/wealth/connections.ts'
import { equals, search } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { uuid } from '../runtime/schemas.ts'
import { connection } from './plaid/connection.ts'

export const connections = resource({
  one: 'connection',
  many: 'connections',
  path: '/v1/wealth/plaid/connections',
  parameter: { connectionId: uuid },
  rows: connectionRows,
  answer: connection,
  filters: {
    householdId: equals(plaidConnections.householdId, uuid.describe('Only connections of this household.')),
    syncStatus: equals(plaidConnections.syncStatus, connection.shape.syncStatus),
    ...search(plaidConnections.institutionName),
  },
  sorts: ['institutionName', 'createdAt'],
})
