import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider'

/** The user that a test signs in as. */
export interface SmokeUser {
  readonly email: string
  readonly password: string
  /** Whether the test deletes the account at its end. */
  readonly isThrowAway: boolean
  /** Makes the user, if it is thrown away. */
  readonly create: () => Promise<void>
  /** Removes the user from the pool, if the API has not done so. */
  readonly discard: () => Promise<void>
}

/**
 * A new user whom the operator makes in the user pool with a password and without a mail. A sign-up would need a code from a mailbox.
 */
export const throwAwayUser = (client: CognitoIdentityProviderClient, poolId: string): SmokeUser => {
  const email = `smoke-${randomBytes(8).toString('hex')}@nestegg.example`
  const password = `Smoke-${randomBytes(18).toString('base64url')}-1a`
  const user = { UserPoolId: poolId, Username: email }
  return {
    email,
    password,
    isThrowAway: true,
    create: async () => {
      const UserAttributes = [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ]
      await client.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes }))
      await client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }))
    },
    discard: async () => {
      try {
        await client.send(new AdminDeleteUserCommand(user))
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw error
      }
    },
  }
}

/** A user who exists already and stays. The password is read from a file: other users of the machine can read arguments. */
export const existingUser = (email: string, passwordFile: string): SmokeUser => ({
  email,
  password: readFileSync(passwordFile, 'utf8').trim(),
  isThrowAway: false,
  create: async () => undefined,
  discard: async () => undefined,
})
