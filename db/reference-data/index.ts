import type { Sql } from '../connections.ts'
import { loadPublishedAssumptions } from './published-assumptions.ts'
import { loadRetentionPolicies } from './retention-policies.ts'

/** Loads one kind of published data. A second run changes nothing. */
type ReferenceDataLoader = (sql: Sql) => Promise<void>

const loaders: readonly ReferenceDataLoader[] = [loadPublishedAssumptions, loadRetentionPolicies]

/** Loads the published reference data of this code, as nestegg_owner, after the migrations. Safe to repeat. */
export const loadReferenceData = async (sql: Sql): Promise<void> => {
  for (const load of loaders) await load(sql)
}
