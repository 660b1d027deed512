import * as z from 'zod'
import { taxYearPeople, taxYears as taxYearTable } from '../../../db/schema/wealth/tax-years.ts'
import { gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { wholeNumberText } from '../../runtime/schemas.ts'
import { deletes, inserts, updatesOf } from '../../runtime/writes.ts'
import { taxYears } from '../resources/tax-years.ts'
import { requiredHousehold } from '../schemas/household.ts'
import { contributionLimits, taxYear, taxYearBody } from '../schemas/tax-years.ts'

const one = gets(taxYears, {
  description: 'What the household has stated. A year of which nothing is stated has version 0, and nothing but null.',
})

export const taxYearDeclarations = {
  'list-tax-years': lists(taxYears),
  'get-tax-year': one,
  'replace-tax-year': {
    method: 'PUT',
    path: one.path,
    summary: 'Replace the facts of a tax year',
    description: 'All of them: a field that is left out is not known any more.',
    access: 'write',
    backends: ['database'],
    ifMatch: 'required',
    params: one.params,
    body: taxYearBody,
    writes: [inserts(taxYearTable), updatesOf(taxYearTable, taxYearBody.shape, 'version'), inserts(taxYearPeople), deletes(taxYearPeople)],
    responses: { 200: reply('The facts as they are now.', taxYear) },
    example: { body: { filingStatus: 'single', modifiedAgi: '96500.00' } },
  },
  'get-contribution-limits': {
    method: 'GET',
    path: '/v1/wealth/contribution-limits',
    summary: 'Get the contribution limits of a household',
    description:
      'Deposits of a tax year into 401(k), 403(b), 457(b), SEP, SIMPLE, IRA, HSA and 529 accounts against the limits of each person: used, left and over, what an excess costs, and how and by when it is corrected. Pending and reversed transactions do not count.',
    access: 'read',
    backends: ['database'],
    query: z.strictObject({
      householdId: requiredHousehold,
      year: wholeNumberText(z.int().min(1900).max(2199))
        .optional()
        .describe(
          'The tax year. By default the latest one with limits that has begun. A year without limits is a 422 that names those with limits.',
        ),
    }),
    refuses: [404, 422],
    responses: { 200: reply('The limits.', contributionLimits) },
  },
} as const
