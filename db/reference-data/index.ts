import type { Sql } from '../connections.ts'
import { loadPublishedAssumptions } from './published-assumptions.ts'

/** Loads one kind of published data; a second run changes nothing. */
type ReferenceDataLoader = (sql: Sql) => Promise<void>

const loaders: readonly ReferenceDataLoader[] = [loadPublishedAssumptions]

/** Brings the published reference data up to this code's, as nestegg_owner, after the migrations. Safe to repeat. */
export const loadReferenceData = async (sql: Sql): Promise<void> => {
  for (const load of loaders) await load(sql)
}
