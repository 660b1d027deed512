import {
  GetUserCommand,
  ListWebAuthnCredentialsCommand,
  SetUserMFAPreferenceCommand,
  type WebAuthnCredentialDescription,
} from '@aws-sdk/client-cognito-identity-provider'
import { readVariable } from '../runtime/environment.ts'
import { Problem } from '../runtime/problem.ts'
import { ask, userPool } from './user-pool.ts'

/** How long a challenge of a passkey lasts at sign-in: as long as its session in Cognito. */
export const passkeyChallengeMilliseconds = 180_000

/** Of Cognito, for a user: they fit on one page. */
const mostPasskeys = 20

/** The domain that passkeys are for. @throws Problem 422 in an environment without one. */
export const relyingPartyId = (): string => {
  const domain = readVariable('RELYING_PARTY_ID')
  if (domain === undefined)
    throw new Problem('passkeys-not-offered', 'Passkeys belong to a domain, and this environment has none of its own. Use the password.')
  return domain
}

/** The passkeys of the owner of an access token. */
export const passkeysOf = async (accessToken: string): Promise<readonly WebAuthnCredentialDescription[]> => {
  const list = new ListWebAuthnCredentialsCommand({ AccessToken: accessToken, MaxResults: mostPasskeys })
  return (await ask(userPool().client.send(list))).Credentials ?? []
}

/** Whether the owner of an access token has an authenticator app that a sign-in with the password asks for. */
export const hasAuthenticator = async (accessToken: string): Promise<boolean> => {
  const { UserMFASettingList = [] } = await ask(userPool().client.send(new GetUserCommand({ AccessToken: accessToken })))
  return UserMFASettingList.includes('SOFTWARE_TOKEN_MFA')
}

/**
 * Turns the authenticator app of the owner of an access token on or off. Cognito accepts no passkey of a user with an app, unless passkeys
 * stand for both factors. They do here, since they verify the user.
 */
export const setAuthenticator = async (accessToken: string, isOn: boolean, hasPasskeys: boolean): Promise<void> => {
  const preference = new SetUserMFAPreferenceCommand({
    AccessToken: accessToken,
    SoftwareTokenMfaSettings: { Enabled: isOn, PreferredMfa: isOn },
    ...(hasPasskeys ? { WebAuthnMfaSettings: { Enabled: isOn } } : {}),
  })
  await ask(userPool().client.send(preference))
}
