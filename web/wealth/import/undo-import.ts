import { api, refreshQueries } from '../../shell/api.ts'
import { refreshAccounts } from '../change-account.ts'
import { refreshLedger } from '../register/transaction.ts'

/** Reads again what an import changes. */
export const refreshImported = async (): Promise<void> => {
  await Promise.all([refreshQueries('GET /v1/wealth/imports'), refreshLedger(), refreshAccounts()])
}

/** Removes the transactions of an import. */
export const undoImport = async (importId: string, version: number): Promise<void> => {
  await api('POST /v1/wealth/imports/{importId}/undo', { params: { importId }, ifMatch: version })
  await refreshImported()
}
