interface ErrorForm {
  readonly status: number
  readonly type: string
  readonly message: string
  /** For the person; null where Plaid gives none. */
  readonly display: string | null
}

/** The errors that the stand-in answers with, by their codes. @see https://plaid.com/docs/errors */
export const plaidErrors = {
  INVALID_API_KEYS: { status: 400, type: 'INVALID_INPUT', message: 'invalid client_id or secret provided', display: null },
  INVALID_ACCESS_TOKEN: { status: 400, type: 'INVALID_INPUT', message: 'could not find matching access token', display: null },
  INVALID_PUBLIC_TOKEN: { status: 400, type: 'INVALID_INPUT', message: 'could not find matching public token', display: null },
  INVALID_LINK_TOKEN: { status: 400, type: 'INVALID_INPUT', message: 'link_token is invalid or has expired', display: null },
  INVALID_WEBHOOK_VERIFICATION_KEY_ID: { status: 400, type: 'INVALID_INPUT', message: 'invalid key_id provided', display: null },
  INVALID_INSTITUTION: { status: 400, type: 'INVALID_INPUT', message: 'invalid institution_id provided', display: null },
  INVALID_FIELD: { status: 400, type: 'INVALID_REQUEST', message: 'a field of the request is not valid', display: null },
  NOT_FOUND: { status: 404, type: 'INVALID_REQUEST', message: 'the requested endpoint was not found', display: null },
  ITEM_LOGIN_REQUIRED: {
    status: 400,
    type: 'ITEM_ERROR',
    message: "the login details of this item have changed and a user login is required to update this information. use Link's update mode",
    display: 'The username or password was not correct. Sign in again.',
  },
  PRODUCT_NOT_READY: { status: 400, type: 'ITEM_ERROR', message: 'the requested product is not yet ready. try again later', display: null },
  NO_INVESTMENT_ACCOUNTS: { status: 400, type: 'ITEM_ERROR', message: 'there are no investment accounts for this item', display: null },
  NO_LIABILITY_ACCOUNTS: { status: 400, type: 'ITEM_ERROR', message: 'there are no liability accounts for this item', display: null },
  TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION: {
    status: 400,
    type: 'TRANSACTIONS_ERROR',
    message: 'Underlying transaction data changed since last page was fetched. Please restart pagination from last update.',
    display: null,
  },
  RATE_LIMIT: { status: 429, type: 'RATE_LIMIT_EXCEEDED', message: 'rate limit exceeded for attempts to access this item', display: null },
  INTERNAL_SERVER_ERROR: { status: 500, type: 'API_ERROR', message: 'an unexpected error occurred', display: null },
  INSTITUTION_DOWN: {
    status: 400,
    type: 'INSTITUTION_ERROR',
    message: 'this institution is not currently responding to this request. please try again soon',
    display: 'This financial institution is not responding at the moment. Try again soon.',
  },
} as const satisfies Record<string, ErrorForm>

export type PlaidErrorCode = keyof typeof plaidErrors

/** An error as Plaid answers it. */
export class PlaidError extends Error {
  readonly code: PlaidErrorCode

  constructor(code: PlaidErrorCode, message: string = plaidErrors[code].message) {
    super(message)
    this.code = code
  }
}

/** The body of an error's answer, and the `error` of an item. */
export const errorBody = (code: PlaidErrorCode, requestId: string, message: string = plaidErrors[code].message) => ({
  display_message: plaidErrors[code].display,
  documentation_url: 'https://plaid.com/docs/errors',
  error_code: code,
  error_message: message,
  error_type: plaidErrors[code].type,
  request_id: requestId,
  suggested_action: null,
})
