import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { createStore } from '../../shell/store.ts'

/** What the last deletion of an account erased, for the page that is shown afterwards. */
export const farewell = createStore<ApiAnswer<'POST /v1/identity/me/deletions'> | undefined>(undefined)
