import * as z from 'zod'
import { importProfileRows, importRows } from '../../../db/queries/wealth/imports.ts'
import { importProfiles as profileTable, imports as importTable } from '../../../db/schema/wealth/imports.ts'
import { equals, search } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { instant, label, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { importAnswer } from '../schemas/imports.ts'

type ImportedAccounts = z.output<typeof importAnswer>['accounts']

export const imports = resource({
  one: 'import',
  many: 'imports',
  path: '/v1/wealth/imports',
  parameter: { importId: uuid.describe('The import.') },
  rows: importRows,
  answer: importAnswer,
  filters: {
    householdId: equals(importTable.householdId, uuid),
    status: equals(importTable.status, importAnswer.shape.status),
    ...search(importTable.fileName),
  },
  sorts: ['createdAt', 'fileName'],
  present: { accounts: row => row.accounts as ImportedAccounts },
})

const importProfile = z.strictObject({
  id: uuid,
  householdId: uuid,
  name: label.describe('Of the institution or program that writes such files.'),
  profile: z.record(z.string(), z.json()),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

nameSchemas({ ImportProfile: importProfile })

export const importProfiles = resource({
  one: 'import profile',
  many: 'import profiles',
  path: '/v1/wealth/import-profiles',
  parameter: { importProfileId: uuid.describe('The import profile.') },
  rows: importProfileRows,
  answer: importProfile,
  filters: { householdId: equals(profileTable.householdId, uuid) },
  sorts: ['name', 'createdAt'],
  present: { profile: row => row.profile as z.output<typeof importProfile>['profile'] },
})
