import { useApi } from './api.ts'
import { versions as m } from '#messages/versions'

/** The names of the members of a household by the id of the user. */
export const useMemberNames = (householdId: string) => {
  const { data: me } = useApi('GET /v1/identity/me')
  const { data } = useApi('GET /v1/identity/households/{householdId}/members', { params: { householdId }, query: { limit: 200 } })
  return (userId: string | null): string => {
    if (userId !== null && userId === me?.id) return m.you
    const member = data?.items.find(each => each.userId === userId)
    const name = [member?.firstName, member?.lastName].filter(part => typeof part === 'string' && part !== '').join(' ')
    return name === '' ? (member?.email ?? m.somebody) : name
  }
}
