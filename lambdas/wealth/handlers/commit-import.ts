import { sql } from 'drizzle-orm'
import { lockAccounts } from '../../../db/queries/wealth/accounts.ts'
import { importRows, removeImportParts, saveImportProfile } from '../../../db/queries/wealth/imports.ts'
import { fieldProblem, invalidValue, Problem } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { applyRules } from '../apply-rules.ts'
import { chooseAccounts, planImport } from '../imports/plan-import.ts'
import { lockOpenImport, readImport } from '../imports/read-import.ts'
import { countsOf, type ImportedAccount, storePlan } from '../imports/store-import.ts'
import { imports } from '../resources/imports.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['commit-import'], async ({ body, expectedVersion, params, transaction }) => {
  const open = await lockOpenImport(transaction, params.importId, expectedVersion)
  const { file, headerHash } = await readImport(transaction, open, body)
  const undecided = file.ambiguous ?? []
  if (undecided.length > 0) {
    const path = 'detection' in file ? 'body.profile' : 'body'
    throw fieldProblem(
      'invalid-value',
      undecided.map(field => ({ path: `${path}.${field}`, message: 'the file does not decide it: give it' })),
    )
  }
  if (file.rejectedCount > 0 && body.rejected === 'refuse')
    throw fieldProblem(
      'invalid-value',
      file.rejected.map(({ field, line, message }) => ({
        path: ['file.lines', line, field].filter(part => part !== undefined).join('.'),
        message,
      })),
    )
  const choices = await chooseAccounts(transaction, open.householdId, file, body)
  // Before their ledgers are read: another import may be storing rows.
  await lockAccounts(transaction, [...new Set(choices.flatMap(({ account }) => account?.id ?? []))])
  const plans = await planImport(transaction, choices, body)
  const problem = plans.find(plan => plan.problem !== undefined)?.problem
  if (problem !== undefined) throw invalidValue('body.accounts', problem)
  const counts = countsOf(plans, file.rejectedCount)
  if (open.newCount !== counts.newCount)
    throw new Problem(
      'import-changed',
      `${counts.newCount} rows are new now, and the preview showed ${open.newCount ?? 'none'}. Look at the preview again.`,
    )
  const accounts: ImportedAccount[] = []
  const newIds: string[] = []
  for (const plan of plans) {
    const { ids, imported } = await storePlan(transaction, open, plan, body)
    accounts.push(imported)
    newIds.push(...ids)
  }
  await applyRules(transaction, open.householdId, newIds, 'import')
  if (body.saveProfileAs !== undefined && headerHash !== undefined && 'detection' in file)
    await saveImportProfile(transaction, {
      householdId: open.householdId,
      name: body.saveProfileAs,
      headerHash,
      profile: file.detection.profile,
    })
  await removeImportParts(transaction, open.id)
  const change = { status: 'committed' as const, accounts, ...counts, committedAt: sql`now()` }
  const committed = requireRow(await importRows.update(transaction, open.id, change, open.version), imports)
  return ok(imports.present(committed), committed.version)
})
