import { householdRows } from '../../../db/queries/identity/index.ts'
import { taxYearText } from '../schemas/household.ts'
import { taxYearRows } from '../../../db/queries/wealth/tax-years.ts'
import { taxYears as taxYearTable } from '../../../db/schema/wealth/tax-years.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { taxYear } from '../schemas/tax-years.ts'

export const taxYears = resource({
  one: 'tax year',
  many: 'the tax years of a household',
  path: '/v1/wealth/households/{householdId}/tax-years',
  parameter: {
    year: taxYearText,
  },
  within: {
    parent: { one: 'household', parameter: { householdId: uuid }, rows: householdRows },
    column: taxYearTable.householdId,
  },
  rows: taxYearRows,
  answer: taxYear,
  sorts: ['year'],
  order: '-year',
  present: { people: row => row.people },
})
