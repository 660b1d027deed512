import { api, refreshQueries } from '../../shell/api.ts'
import { refreshAccounts } from '../change-account.ts'
import { refreshLedger } from '../register/transaction.ts'

/** Reads again what an import changes. */
export const refreshImported = async (): Promise<void> => {
  await Promise.all([refreshQueries('GET /v1/wealth/imports', 'GET /v1/wealth/imports/{importId}'), refreshLedger(), refreshAccounts()])
}

/** Removes the transactions of an import: at once, or those of a large one after the answer. Says whether they are removed. */
export const undoImport = async (importId: string, version: number): Promise<boolean> => {
  const { status } = await api('POST /v1/wealth/imports/{importId}/undo', { params: { importId }, ifMatch: version })
  await refreshImported()
  return status === 'undone'
}
