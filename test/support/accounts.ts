import { randomBytes } from 'node:crypto'
import type { Answer, TestPlatform } from './platform.ts'

export interface Account {
  readonly email: string
  readonly password: string
}

export const newAccount = (): Account => ({
  email: `person-${randomBytes(5).toString('hex')}@nestegg.example`,
  password: `Test-${randomBytes(9).toString('hex')}-A1`,
})

/** The user with an address, as the database has it; instants as text. */
export const storedUser = async (platform: TestPlatform, email: string) => {
  const administrator = platform.database.connect('postgres')
  const rows = await administrator<
    {
      id: string
      role: string
      is_verified: boolean
      failed_login_attempts: number
      is_locked: boolean
      locked_until: string | null
      last_login: string | null
      password_changed_at: string | null
      mfa_enabled: boolean
    }[]
  >`
    select id, role, is_verified, failed_login_attempts, coalesce(locked_until > updated_at, false) as is_locked, locked_until::text,
      last_login::text, password_changed_at::text, mfa_enabled
    from identity.users where email = ${email}`
  return rows[0]
}

/** The requests of an account, from sign-up on. */
export const accountSteps = (platform: TestPlatform) => {
  const request: TestPlatform['request'] = (...sent) => platform.request(...sent)
  const post = (path: string, body: unknown, token?: string): Promise<Answer> => request('POST', `/v1/identity/${path}`, { body, token })
  return {
    signUp: (account: Account, names: Record<string, string> = {}) => post('sign-ups', { ...account, ...names }),
    confirm: (email: string, code: string) => post('sign-ups/confirmations', { email, code }),
    resendCode: (email: string) => post('sign-ups/codes', { email }),
    signIn: ({ email, password }: Account) => post('sessions', { email, password }),
    answerChallenge: (body: Record<string, string>) => post('sessions/challenges', body),
    refresh: (refreshToken: string) => post('sessions/refreshes', { refreshToken }),
    signOut: (token: string) => request('DELETE', '/v1/identity/sessions', { token }),
    askForReset: (email: string) => post('password-resets', { email }),
    reset: (email: string, code: string, newPassword: string) => post('password-resets/confirmations', { email, code, newPassword }),
    enrol: (token: string, password: string) => post('totp-devices', { password }, token),
    verifyDevice: (token: string, code: string) => post('totp-devices/verifications', { code }, token),
    removeDevices: (token: string, password: string) => post('totp-devices/removals', { password }, token),
    changePassword: (token: string, password: string, newPassword: string) => post('password-changes', { password, newPassword }, token),
    close: (token: string, password: string) => post('me/closures', { password }, token),
    deleteAccount: (token: string, password: string) => post('me/deletions', { password }, token),
  }
}
