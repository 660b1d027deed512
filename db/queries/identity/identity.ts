import { households, preferences, users } from '../../schema/identity/identity.ts'
import { rowsOf } from '../rows.ts'

/** Only nestegg_operator sees users other than the caller. */
export const userRows = rowsOf(users)
/** One row per user, named by the user's id. */
export const preferencesRows = rowsOf(preferences, { key: 'userId' })
export const householdRows = rowsOf(households)
