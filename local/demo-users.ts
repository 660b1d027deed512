import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiClient, type Client } from '../web/client/client.ts'
import { ApiProblem } from '../web/client/problem.ts'
import { replaceFile } from './replace-file.ts'

export interface Credentials {
  readonly email: string
  readonly password: string
}

export interface SignedInUser extends Credentials {
  readonly accessToken: string
}

/** A user that a start makes, and the file of its credentials in the folder of the platform. */
export interface DemoUser {
  readonly email: string
  readonly file: string
}

export const demoUser: DemoUser = { email: 'demo@nestegg.example', file: 'demo.json' }
export const demoAdministrator: DemoUser = { email: 'admin@nestegg.example', file: 'demo-administrator.json' }

const signIn = async (api: Client, { email, password }: Credentials): Promise<string> => {
  const { tokens } = await api('POST /v1/identity/sessions', { body: { email, password } })
  if (!tokens) throw new Error(`The demonstration user ${email} has a second factor. Sign in by hand.`)
  return tokens.accessToken
}

/** Signs a user up, or completes a sign-up that was interrupted before its confirmation: its first code is lost. */
const signUp = async (api: Client, { email, password }: Credentials, takeCode: (address: string) => string): Promise<void> => {
  await api('POST /v1/identity/sign-ups', { body: { email, password, firstName: 'Demo', lastName: 'User' } })
  await api('POST /v1/identity/sign-ups/codes', { body: { email } })
  await api('POST /v1/identity/sign-ups/confirmations', { body: { email, code: takeCode(email) } })
}

/** Sets the new password of a user whose old one was lost. */
const resetPassword = async (api: Client, { email, password }: Credentials, takeCode: (address: string) => string) => {
  await api('POST /v1/identity/password-resets', { body: { email } })
  await api('POST /v1/identity/password-resets/confirmations', { body: { email, code: takeCode(email), newPassword: password } })
}

/** The stored credentials; undefined if there are none, or if their file is empty or damaged. */
const storedCredentials = (path: string, email: string): Credentials | undefined => {
  try {
    const { email: address, password } = JSON.parse(readFileSync(path, 'utf8')) as Credentials
    return address === email && typeof password === 'string' ? { email, password } : undefined
  } catch {
    return undefined
  }
}

/** The credentials of a user, created on the first start. They are stored before they are used, so that they cannot be lost. */
const credentialsOf = (folder: string, { email, file }: DemoUser): Credentials => {
  const path = join(folder, file)
  const stored = storedCredentials(path, email)
  if (stored) return stored
  const credentials = { email, password: `Nest-${randomBytes(9).toString('base64url')}-7a` }
  replaceFile(path, JSON.stringify(credentials))
  return credentials
}

/** Signs a user in. Signs the user up first, or completes an interrupted sign-up, if needed. */
export const signInDemoUser = async (
  { folder, url }: { readonly url: string; readonly folder: string },
  user: DemoUser,
  takeCode: (address: string) => string,
): Promise<SignedInUser> => {
  const api = apiClient({ url })
  const credentials = credentialsOf(folder, user)
  try {
    return { ...credentials, accessToken: await signIn(api, credentials) }
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    await signUp(api, credentials, takeCode).catch((refusal: unknown) => {
      if (refusal instanceof ApiProblem) throw refusal
      // Without a code, the user exists already and has another password.
      return resetPassword(api, credentials, takeCode)
    })
  }
  return { ...credentials, accessToken: await signIn(api, credentials) }
}
