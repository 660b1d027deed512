import { preferences } from '../../schema/identity/preferences.ts'
import { users } from '../../schema/identity/users.ts'
import { rowsOf } from '../rows.ts'

/** Only nestegg_operator sees users other than the caller. */
export const userRows = rowsOf(users)
/** One row per user; the key is the user's id. */
export const preferencesRows = rowsOf(preferences, { key: 'userId' })
