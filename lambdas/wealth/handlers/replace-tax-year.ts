import { eq } from 'drizzle-orm'
import { householdRows, peopleOfHousehold } from '../../../db/queries/identity/index.ts'
import { addTaxYear, findTaxYear, replacePeopleOfYear, taxYearRows } from '../../../db/queries/wealth/tax-years.ts'
import { taxYears as taxYearTable } from '../../../db/schema/wealth/tax-years.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { invalidReference, notFound } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { taxYears } from '../resources/tax-years.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['replace-tax-year'], async ({ body, expectedVersion, params, transaction }) => {
  const { householdId } = params
  const year = Number(params.year)
  if (!(await householdRows.find(transaction, householdId))) throw notFound('household')
  await requireEditor(transaction, householdId)
  const { people, ...facts } = body
  const known = new Set((await peopleOfHousehold(transaction, householdId)).map(({ id }) => id))
  for (const [index, { fiveYearBeneficiaries, personId }] of people.entries()) {
    if (!known.has(personId)) throw invalidReference(`body.people.${index}.personId`, 'person in the household')
    const stranger = fiveYearBeneficiaries.findIndex(id => !known.has(id))
    if (stranger !== -1) throw invalidReference(`body.people.${index}.fiveYearBeneficiaries.${stranger}`, 'person in the household')
  }
  const isNew = (expectedVersion ?? 0) === 0 && (await addTaxYear(transaction, { householdId, year, ...facts }))
  if (!isNew)
    requireRow(
      await taxYearRows.update(transaction, params.year, facts, expectedVersion, eq(taxYearTable.householdId, householdId)),
      taxYears,
    )
  await replacePeopleOfYear(transaction, { householdId, year }, people)
  const stored = (await findTaxYear(transaction, householdId, year))!
  return ok(taxYears.present(stored), stored.version)
})
