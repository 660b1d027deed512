import { lotElectionRows } from '../../../db/queries/wealth/index.ts'
import { lotElections as table } from '../../../db/schema/wealth/lots.ts'
import { equals } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { householdFilter } from '../schemas/household.ts'
import { election } from '../schemas/lot-choices.ts'

export const lotElections = resource({
  one: 'election',
  many: 'elections of how lots are chosen',
  path: '/v1/wealth/lot-elections',
  parameter: { electionId: uuid.describe('The election.') },
  rows: lotElectionRows,
  answer: election,
  filters: {
    householdId: equals(table.householdId, householdFilter),
    accountId: equals(table.accountId, uuid.meta({ description: 'Only elections of this account.', parameter: 'ElectionsOfAccount' })),
  },
  sorts: ['effectiveOn', 'createdAt'],
  order: 'effectiveOn',
})
