import type { PlaidApi } from 'plaid'
import { readVariable } from '../../runtime/environment.ts'
import { ask, forCaller } from './failure.ts'

/** The page to which Plaid's page leads back. */
const connectionsPage = '/wealth/connections'
export const webhookPath = '/v1/wealth/plaid/webhooks'

/** Years of transactions are asked for once, when an institution is connected. */
const requestedDays = 730

/**
 * Makes Plaid's page for a person.
 * @param accessToken of the connection at which they sign in again; without it, they choose an institution
 */
export const createLinkToken = async (plaid: PlaidApi, householdId: string, accessToken?: string) => {
  const { CountryCode, Products } = await import('plaid')
  const frontUrl = readVariable('FRONT_URL')
  const made = await forCaller(
    ask(
      plaid.linkTokenCreate({
        client_name: 'Nestegg',
        language: 'en',
        country_codes: [CountryCode.Us],
        user: { client_user_id: householdId },
        hosted_link: frontUrl === undefined ? {} : { completion_redirect_uri: `${frontUrl}${connectionsPage}` },
        ...(frontUrl === undefined ? {} : { webhook: `${frontUrl}${webhookPath}` }),
        ...(accessToken === undefined
          ? {
              products: [Products.Transactions],
              optional_products: [Products.Investments, Products.Liabilities],
              transactions: { days_requested: requestedDays },
            }
          : { access_token: accessToken }),
      }),
    ),
  )
  if (made.hosted_link_url === undefined) throw new Error('Plaid made no page. The account at Plaid must have Hosted Link.')
  return { linkToken: made.link_token, hostedLinkUrl: made.hosted_link_url, expiresAt: made.expiration }
}
