import type { TestPlatform, TestUser } from './platform.ts'

/** The token in the last mail to an address. */
export const takeToken = (platform: TestPlatform, email: string): string => {
  const { text } = platform.takeMail(email)
  const token = /^[\w-]{43}$/m.exec(text)?.[0]
  if (token === undefined) throw new Error(`The mail to ${email} has no token: ${text}`)
  return token
}

export const invite = (owner: TestUser, householdId: string, email: string, role: string, headers: Record<string, string> = {}) =>
  owner.request('POST', `/v1/identity/households/${householdId}/invitations`, { body: { email, role }, headers })

export const accept = (user: TestUser, token: string) => user.request('POST', '/v1/identity/invitation-acceptances', { body: { token } })

/** Makes a user a member of the owner's household by an invitation. Returns the user's id. */
export const join = async (platform: TestPlatform, owner: TestUser, householdId: string, user: TestUser, role: string): Promise<string> => {
  const invited = await invite(owner, householdId, user.email, role)
  if (invited.status !== 201) throw new Error(JSON.stringify(invited.body))
  const accepted = await accept(user, takeToken(platform, user.email))
  if (accepted.status !== 201) throw new Error(JSON.stringify(accepted.body))
  return accepted.body.userId
}
