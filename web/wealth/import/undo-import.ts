import { api, refreshQueries } from '../../shell/api.ts'

/** What an import changes: the lists that show it. */
export const refreshLedger = (): Promise<void> =>
  refreshQueries('GET /v1/wealth/imports', 'GET /v1/wealth/accounts', 'GET /v1/wealth/transactions')

/** Removes the transactions of an import. */
export const undoImport = async (importId: string, version: number): Promise<void> => {
  await api('POST /v1/wealth/imports/{importId}/undo', { params: { importId }, ifMatch: version })
  await refreshLedger()
}
