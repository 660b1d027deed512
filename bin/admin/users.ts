import { Argument, type Command } from 'commander'
import { connect, type Sql } from '../../db/connections.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { alignColumns } from './terminal.ts'

interface ListedUser {
  readonly email: string | null
  readonly role: 'member' | 'admin'
  readonly isActive: boolean
  readonly lastLogin: string | null
}

const listUsers = (owner: Sql) => owner<ListedUser[]>`
  select email, role, is_active as "isActive", to_char(last_login, 'YYYY-MM-DD HH24:MI') as "lastLogin" from identity.users order by id`

const noSuchUser = (email: string): Error => new Error(`No user has the address ${email}. Users appear here when they sign up or sign in.`)

/** Sets the role of the user with an address. Every request reads the role from the database, so it applies from the next request on. */
const setRole = async (owner: Sql, email: string, role: string): Promise<void> => {
  const changed = await owner`update identity.users set role = ${role} where lower(email) = lower(${email}) returning id`
  if (changed.length === 0) throw noSuchUser(email)
}

/** Ends the sessions of a user. `isActive` also closes the account, or opens it again. */
const endSessions = async (owner: Sql, email: string, isActive?: boolean): Promise<void> => {
  const document = JSON.stringify({ email, isActive })
  const [row] = await owner<{ userId: string | null }[]>`select identity.end_sessions(${document}::text::jsonb) ->> 'userId' as "userId"`
  if (!row?.userId) throw noSuchUser(email)
}

/** Adds the commands that list users, set roles, close accounts and end sessions. Only the operator can make the first administrator. */
export const addUserCommands = (program: Command, { terminal, withDatabase }: CommandContext): void => {
  const group = program.command('users').description('users and their roles')
  const asOwner = <Result>(options: ReachOptions, work: (owner: Sql) => Promise<Result>): Promise<Result> =>
    withDatabase(options, async ({ location }) => {
      const owner = connect(location, 'nestegg_owner')
      try {
        return await work(owner)
      } finally {
        await owner.end()
      }
    })
  withDatabaseOptions(group.command('list').description('list all users')).action(async (options: ReachOptions) => {
    const users = await asOwner(options, listUsers)
    const rows = users.map(({ email, isActive, lastLogin, role }) => [
      email ?? '-',
      role,
      isActive ? 'active' : 'closed',
      lastLogin ?? 'never',
    ])
    terminal.out(alignColumns([['EMAIL', 'ROLE', 'STATE', 'LAST SIGN-IN'], ...rows]))
  })
  withDatabaseOptions(group.command('set-role').description('make a member an administrator, or the reverse'))
    .argument('<email>', 'the address they sign in with')
    .addArgument(new Argument('<role>').choices(['member', 'admin']))
    .action(async (email: string, role: string, options: ReachOptions) => {
      await asOwner(options, owner => setRole(owner, email, role))
      terminal.out(`${email} is ${role === 'admin' ? 'an administrator' : 'a member'} from the next request on.\n`)
    })
  const addEnding = (name: string, description: string, done: string, isActive?: boolean): void => {
    withDatabaseOptions(group.command(name).description(description))
      .argument('<email>', 'the address they sign in with')
      .action(async (email: string, options: ReachOptions) => {
        await asOwner(options, owner => endSessions(owner, email, isActive))
        terminal.out(`${email} ${done}.\n`)
      })
  }
  addEnding('close', 'close an account; nothing is removed', 'is closed and signed out', false)
  addEnding('reopen', 'open a closed account again', 'can sign in again', true)
  addEnding('sign-out', 'end every session of a user', 'is signed out everywhere')
}
