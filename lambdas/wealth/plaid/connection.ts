import * as z from 'zod'
import { connectionStates } from '../../../domain/wealth/index.ts'
import { calendarDate, instant, nameSchemas, uuid } from '../../runtime/schemas.ts'

const changedSplits = z.strictObject({
  transactionId: uuid,
  accountId: uuid,
  currency: z.string(),
  date: calendarDate,
  description: z.string(),
  amountBefore: z.string(),
  amountAfter: z.string(),
  changedAt: instant,
})

/** A connection as the API answers it. It never has the access token. */
export const connection = z.strictObject({
  id: uuid,
  householdId: uuid,
  institutionId: z.string().nullable().describe('Plaid’s id of the institution.'),
  institutionName: z.string(),
  isActive: z.boolean().describe('False after the person has ended the consent at the institution.'),
  syncStatus: z
    .enum(connectionStates)
    .describe(
      '`waiting`: the next synchronisation comes by itself. `syncing`: one is under way. `failed`: the last one failed, and is tried again. ' +
        '`sign-in-required`: a member must sign in at the institution again.',
    ),
  errorCode: z.string().nullable().describe('Plaid’s code of the last failure.'),
  errorMessage: z.string().nullable().describe('The last failure, for a person.'),
  lastSyncAt: instant.nullable().describe('When the last synchronisation succeeded.'),
  nextSyncAt: instant.describe('From when on the next synchronisation is due. After failures it waits longer each time.'),
  consentExpiresAt: instant.nullable().describe('When the consent ends at the institution.'),
  changedSplits: z
    .array(changedSplits)
    .describe(
      'Divided transactions to which the institution has given another amount in the last 30 days. Their parts were changed in proportion.',
    ),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

nameSchemas({ ChangedSplits: changedSplits, PlaidConnection: connection })
