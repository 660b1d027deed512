interface ProblemKind {
  readonly status: number
  readonly title: string
  /** What the problem means and what a client can do about it. */
  readonly description: string
}

/**
 * Every problem that the API can answer with, by its code. Problems that a client would handle differently have different codes. The code
 * is the last part of `type` in the problem document, and `/problems/<code>` shows the entry as a page.
 */
export const problems = {
  'invalid-request': {
    status: 400,
    title: 'Invalid request',
    description:
      'The request does not have the documented form: a field is missing, unknown or of another type, or the body is not valid JSON. ' +
      '`errors` names each field. Correct the request and send it again.',
  },
  'sign-in-required': {
    status: 401,
    title: 'Sign-in required',
    description:
      'The request has no access token, or the token is not valid or has expired. Refresh the session, or sign in again, and repeat the ' +
      'request with the new access token.',
  },
  'wrong-credentials': {
    status: 401,
    title: 'Wrong address or password',
    description:
      'No account that can be used has this address with this password or passkey. Check them, confirm the address with the code that was ' +
      'sent to it, or reset the password. The answer is the same in all cases.',
  },
  'account-closed': {
    status: 403,
    title: 'Account closed',
    description: 'The account was closed. An administrator can open it again.',
  },
  'administrator-required': {
    status: 403,
    title: 'Administrator required',
    description: 'Only administrators may make this request.',
  },
  'editors-only': {
    status: 403,
    title: 'Editors only',
    description: 'You may read this resource but not change it. Ask an owner of the household to make you an editor.',
  },
  'owners-only': {
    status: 403,
    title: 'Owners only',
    description: 'Only owners of the household may do this.',
  },
  'published-resource': {
    status: 403,
    title: 'Published resource',
    description:
      'All users can read published assumption sets and portfolio models. No user can change them. Create your own and change that.',
  },
  'foreign-origin': {
    status: 403,
    title: 'Foreign origin',
    description: 'A page of another site sent this request through a browser. The platform on a laptop serves its own pages only.',
  },
  'same-origin-required': {
    status: 403,
    title: 'Same origin required',
    description:
      'The request relies on a cookie, and was not sent by a page of the same origin: the browser did not send `Sec-Fetch-Site: ' +
      'same-origin`. Use the application at its own address, in a current browser. A program sends the refresh token in the body.',
  },
  'webhook-refused': {
    status: 401,
    title: 'Webhook refused',
    description:
      'The webhook is not signed by Plaid, is older than five minutes, has another body, or was received before. Only Plaid sends webhooks.',
  },
  'institution-sign-in-required': {
    status: 409,
    title: 'Sign in at the institution again',
    description:
      'The institution no longer accepts the earlier sign-in. Create a token to sign in again, and synchronise the connection after it.',
  },
  'sync-under-way': {
    status: 409,
    title: 'Synchronisation under way',
    description: 'The connection is being synchronised, which takes up to some minutes. Read the connection again to see its end.',
  },
  'lots-under-way': {
    status: 409,
    title: 'Tax lots are being calculated',
    description:
      'After a change of the ledger, its tax lots are calculated, which takes up to some minutes. Send the request again after it.',
  },
  'plaid-limit': {
    status: 429,
    title: 'Too many requests to the institution',
    description: 'Plaid limits how often an institution is asked. Wait for the seconds in `Retry-After`.',
  },
  'plaid-unavailable': {
    status: 503,
    title: 'Plaid not available',
    description: 'Plaid or the institution does not answer at the moment. Send the request again later. Nothing was changed.',
  },
  'plaid-not-used': {
    status: 503,
    title: 'Plaid not used',
    description: 'This platform does not connect accounts through Plaid. Enter accounts by hand, or import files.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    description: 'The resource does not exist, or you have no access to it. The answer is the same in both cases.',
  },
  'unknown-instrument': {
    status: 404,
    title: 'Unknown instrument',
    description: 'No instrument has this symbol. `errors` names the symbols when the request has several. Store the instrument first.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    description: 'The path exists, but not with this method. The Allow header lists the allowed methods.',
  },
  'request-timeout': {
    status: 408,
    title: 'Request timeout',
    description: 'The request did not arrive completely in the time that the server waits for it. Send it again, without pauses.',
  },
  'last-owner': {
    status: 409,
    title: 'Last owner',
    description: 'A household must keep at least one owner. Make another member an owner first.',
  },
  'data-must-be-kept': {
    status: 409,
    title: 'Data must be kept',
    description: 'The law gives a reason to keep this data for now, so nobody can erase it. Ask the operator of the platform.',
  },
  'export-too-large': {
    status: 409,
    title: 'Export too large',
    description:
      'The data does not fit into one answer. Of the transactions of an account, ask for a shorter time. All data of a person can be exported by the operator of the platform with a command.',
  },
  'already-exists': {
    status: 409,
    title: 'Already exists',
    description:
      'A value that must be unique is already in use. `errors` names the field. Choose another value, or use the existing resource.',
  },
  'already-resolved': {
    status: 409,
    title: 'Already resolved',
    description: 'The system event was resolved before. If it happens again, it is recorded as a new event.',
  },
  'already-undone': {
    status: 409,
    title: 'Already undone',
    description: 'The change was undone before. Read it again to see when.',
  },
  'stated-by-institution': {
    status: 409,
    title: 'Stated by an institution',
    description:
      'Only what a person has entered can be corrected or removed. Enter a value for the same day: it counts more than that of the institution.',
  },
  'still-in-use': {
    status: 409,
    title: 'Still in use',
    description: 'Something else refers to it; the detail says what. Remove or change that first.',
  },
  'person-in-use': {
    status: 409,
    title: 'Person in use',
    description:
      'The person owns accounts, is a beneficiary of some, or is named by goals. The detail names them. Give them to somebody else first.',
  },
  'idempotency-key-reused': {
    status: 409,
    title: 'Idempotency-Key reused',
    description: 'This Idempotency-Key was sent before with another request. Send the first request unchanged, or use a new key.',
  },
  'too-many-passkeys': {
    status: 409,
    title: 'Too many passkeys',
    description: 'You have the maximum number of passkeys. Remove one, then create the new one.',
  },
  'too-many-invitations': {
    status: 409,
    title: 'Too many invitations',
    description:
      'The household has the maximum number of open invitations: revoke one, or wait until one is accepted or expires. Or you sent the ' +
      'maximum number of invitations in 24 hours: wait. The detail names the limit.',
  },
  'not-reversible': {
    status: 409,
    title: 'Not reversible',
    description:
      'The transaction is already reversed, is itself a reversal, or is pending. Enter the right transaction, or wait until the bank has posted it.',
  },
  'shares-missing': {
    status: 409,
    title: 'Shares missing',
    description:
      'A later transaction would then take more shares than the account holds. The detail names it. Correct or reverse that transaction first.',
  },
  'category-in-use': {
    status: 409,
    title: 'Category in use',
    description: 'Transactions have this category; the detail has their number. Send the request again with the category that replaces it.',
  },
  'price-file-changed': {
    status: 409,
    title: 'Price file changed',
    description:
      'Bars, dividends or splits of the price file have changed since it was stored. Undo the later files first, or remove its bars by range.',
  },
  'price-file-undone': {
    status: 409,
    title: 'Price file undone',
    description: 'The price file is undone already.',
  },
  'import-not-open': {
    status: 409,
    title: 'Import not open',
    description:
      'The import was committed or undone before: begin a new import with the file. Or its rows are being stored: read the import to see when that has ended.',
  },
  'import-not-committed': {
    status: 409,
    title: 'Import not committed',
    description: 'Only a committed import can be undone. An open one can be removed.',
  },
  'import-incomplete': {
    status: 409,
    title: 'Import incomplete',
    description: 'Some parts of the file were not sent yet. Send them, then repeat the request.',
  },
  'import-changed': {
    status: 409,
    title: 'Import changed',
    description:
      'The ledger or the choices have changed since the preview, so that other rows would be stored. Look at the preview again, then commit it.',
  },
  'run-without-result': {
    status: 409,
    title: 'Run without a result',
    description:
      'The run has not succeeded: it is queued or running, it failed, or it was cancelled. Read the run to see its status. Or its engine is older than the figures that were asked for.',
  },
  'version-conflict': {
    status: 412,
    title: 'Version conflict',
    description: 'The resource was changed after you read it. Read it again, then repeat your change with the new ETag in If-Match.',
  },
  'payload-too-large': {
    status: 413,
    title: 'Payload too large',
    description: 'The body has more bytes than the route accepts. Divide it into several requests.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    description: 'The route does not accept this Content-Type. The detail names the accepted ones.',
  },
  'foreign-host': {
    status: 421,
    title: 'Foreign host',
    description: 'The Host header names another server. The platform on a laptop is reached as 127.0.0.1 or localhost only.',
  },
  'analysis-too-large': {
    status: 422,
    title: 'Analysis too large',
    description:
      'The analysis can take longer than a request allows. `errors` names the number of iterations that fits. Lower it, or ask for less: ' +
      'fewer inputs, stresses or candidates.',
  },
  'authenticator-not-enrolled': {
    status: 422,
    title: 'Authenticator not enrolled',
    description: 'The account has no authenticator app. Enroll one first.',
  },
  'code-wrong-or-expired': {
    status: 422,
    title: 'Wrong or expired code',
    description: 'The code is wrong or has expired. Check it, or request a new one.',
  },
  'invitation-not-valid': {
    status: 422,
    title: 'Invitation not valid',
    description:
      'No invitation can be accepted with this token: it was used, revoked or replaced, it has expired, or it never existed. ' +
      'The answer is the same in all cases. Ask an owner of the household for a new invitation.',
  },
  'invalid-reference': {
    status: 422,
    title: 'Invalid reference',
    description: 'A field refers to something that does not exist, or to which you have no access. `errors` names the field.',
  },
  'invalid-value': {
    status: 422,
    title: 'Invalid value',
    description:
      'The request has the documented form, but a value is not possible here, or contradicts another one. `errors` names each field. ' +
      'Correct the values and send the request again.',
  },
  'password-reused': {
    status: 422,
    title: 'Password reused',
    description: 'The password was used for this account before. Choose another one.',
  },
  'passkey-not-accepted': {
    status: 422,
    title: 'Passkey not accepted',
    description:
      'The passkey was made for another site, does not verify its user, or does not answer the newest challenge. Create the passkey again, and ' +
      'send the answer of the browser unchanged, within five minutes.',
  },
  'passkeys-not-offered': {
    status: 422,
    title: 'Passkeys not offered',
    description: 'Passkeys belong to a domain, and this environment has none of its own. Sign in with the password.',
  },
  'plan-not-simulable': {
    status: 422,
    title: 'Plan cannot be simulated',
    description:
      'The stored plan is incomplete or contradicts itself. `errors` names each input. Correct the plan, then repeat the request.',
  },
  'weak-password': {
    status: 422,
    title: 'Weak password',
    description: 'A password needs 12 characters or more, with upper and lower case letters, a digit and a symbol.',
  },
  'wrong-password': {
    status: 422,
    title: 'Wrong password',
    description: 'The route needs the password again, and this is not the password of the account.',
  },
  'precondition-required': {
    status: 428,
    title: 'Precondition required',
    description: 'The route changes a resource that can have changed since you read it. Send If-Match with the ETag that you read.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many attempts',
    description: 'Too many attempts were made in a short time. Wait for the seconds in Retry-After, then try again.',
  },
  'too-many-runs': {
    status: 429,
    title: 'Too many runs',
    description: 'The maximum number of large runs per user is queued or running. Wait until one ends, or cancel one.',
  },
  'headers-too-large': {
    status: 431,
    title: 'Headers too large',
    description: 'The headers of the request have more bytes than the server accepts. Send fewer or shorter headers.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    description: 'The request failed because of a fault in the server. Report the requestId if the fault persists.',
  },
  unavailable: {
    status: 503,
    title: 'Temporarily unavailable',
    description:
      'A part of the platform cannot be reached, is too slow or has too many requests. Try again after the seconds in Retry-After, with the same Idempotency-Key ' +
      'if you sent one.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems

export const problemCodes = Object.keys(problems) as ProblemCode[]

/** The problem's address, relative to the API's own: `type` of RFC 9457. */
export const problemType = <Code extends ProblemCode>(code: Code): `/problems/${Code}` => `/problems/${code}`
