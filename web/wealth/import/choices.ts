import type { ApiAnswer, ApiRequest } from '../../../lambdas/api-types.ts'

export type Preview = ApiAnswer<'POST /v1/wealth/imports/{importId}/preview'>
export type PreviewAccount = Preview['accounts'][number]
export type PreviewRow = PreviewAccount['rows'][number]
export type Reading = ApiRequest<'POST /v1/wealth/imports/{importId}/preview'>['body']

/** The reading with another account for the rows of one account of the file; null leaves them out. */
export const withAccount = (reading: Reading, key: string, accountId: string | null): Reading => ({
  ...reading,
  accounts: [...(reading.accounts ?? []).filter(each => each.key !== key), { key, accountId }],
})

/** Whether rows would have no place: an account of the file with rows, for which nothing was chosen. */
export const needsAccount = ({ accounts }: Preview, reading: Reading): boolean =>
  accounts.some(({ accountId, key, rowCount }) => rowCount > 0 && accountId === null && !reading.accounts?.some(each => each.key === key))

/** The number of rows that the commit would store. */
export const storedCount = ({ accounts }: Preview, { doubtful }: Reading): number =>
  accounts.reduce(
    (sum, { accountId, doubtfulCount, newCount }) => sum + (accountId === null ? 0 : newCount + (doubtful === 'store' ? doubtfulCount : 0)),
    0,
  )
