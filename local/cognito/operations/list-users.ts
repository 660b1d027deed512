import type { ListUsersResponse } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { UserPoolError } from '../errors.ts'
import { adminOperation, text, type Wire } from '../operation.ts'
import type { User } from '../state-file.ts'
import { describeUser } from './admin-users.ts'

/** `email = "…"` or `sub = "…"`, with \" for a quotation mark inside; Cognito's other filters are not supported. */
const filterPattern = /^\s*(email|sub)\s*=\s*"((?:[^"\\]|\\.)*)"\s*$/

function matcher(filter: string): (user: User) => boolean {
  const match = filterPattern.exec(filter)
  if (!match) throw new UserPoolError('InvalidParameterException', `Error while parsing Filter: ${filter}`)
  const value = match[2]!.replaceAll(/\\(.)/g, '$1').toLowerCase()
  return match[1] === 'sub' ? user => user.sub === value : user => user.email.toLowerCase() === value
}

/** Lists users in the order of their creation, up to 60 per page. The pagination token names the last user of the page before. */
const listUsers = adminOperation(
  { Filter: z.string().max(256).default(''), Limit: z.int().min(0).max(60).default(60), PaginationToken: text.optional() },
  async (pool, { Filter, Limit, PaginationToken }): Promise<Wire<ListUsersResponse>> => {
    const matching = Filter === '' ? pool.directory.users : pool.directory.users.filter(matcher(Filter))
    const lastSub = PaginationToken && Buffer.from(PaginationToken, 'base64url').toString()
    const start = lastSub ? matching.findIndex(user => user.sub === lastSub) + 1 : 0
    if (lastSub && start === 0) throw new UserPoolError('InvalidParameterException', "Value at 'PaginationToken' is not valid.")
    const end = start + (Limit || 60)
    return {
      Users: matching.slice(start, end).map(describeUser),
      ...(end < matching.length && { PaginationToken: Buffer.from(matching[end - 1]!.sub).toString('base64url') }),
    }
  },
)

export const listUsersOperations = { ListUsers: listUsers }
