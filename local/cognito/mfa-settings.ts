import type { User } from './state-file.ts'

/** The second factors a user has turned on, as GetUser and AdminGetUser show them: no field if there are none. */
export function mfaSettings(user: User): { UserMFASettingList?: string[]; PreferredMfaSetting?: string } {
  if (!user.totp?.enabled) return {}
  return { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], ...(user.totp.preferred && { PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }) }
}
