import { identicalSecurityRows } from '../../../db/queries/wealth/index.ts'
import { identicalSecurities as table } from '../../../db/schema/wealth/lots.ts'
import { equals } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { householdFilter } from '../schemas/household.ts'
import { pair } from '../schemas/lot-choices.ts'

export const identicalSecurities = resource({
  one: 'pair of securities',
  many: 'pairs of substantially identical securities',
  path: '/v1/wealth/identical-securities',
  parameter: { pairId: uuid.describe('The pair.') },
  rows: identicalSecurityRows,
  answer: pair,
  filters: { householdId: equals(table.householdId, householdFilter) },
  sorts: ['symbol', 'createdAt'],
  order: 'symbol',
})
