import * as z from 'zod'
import { describeFailure } from './failure.ts'

const form = z.object({
  webhook_type: z.string(),
  webhook_code: z.string(),
  item_id: z.string().optional(),
  error: z.object({ error_code: z.string(), error_type: z.string(), display_message: z.string().nullish() }).nullish(),
})

/** Webhooks that announce changes to read. @see https://plaid.com/docs/api/webhooks */
const news = new Set(['SYNC_UPDATES_AVAILABLE', 'DEFAULT_UPDATE', 'HISTORICAL_UPDATE', 'LOGIN_REPAIRED', 'NEW_ACCOUNTS_AVAILABLE'])
const expiring = new Set(['PENDING_EXPIRATION', 'PENDING_DISCONNECT'])

/** What a webhook means for its connection. Unknown ones mean nothing. */
export const readWebhook = (text: string) => {
  const { error, item_id: itemId, webhook_code: code, webhook_type: type } = form.parse(JSON.parse(text))
  const ofItem = type === 'ITEM'
  const failure =
    ofItem && code === 'ERROR' && error
      ? { code: error.error_code, type: error.error_type, display: error.display_message ?? null }
      : ofItem && expiring.has(code)
        ? { code, type: 'ITEM_ERROR', display: null }
        : undefined
  return {
    itemId,
    failure: failure ? describeFailure(failure) : null,
    isDue: news.has(code),
    isRevoked: ofItem && ['USER_PERMISSION_REVOKED', 'USER_ACCOUNT_REVOKED'].includes(code),
  }
}
