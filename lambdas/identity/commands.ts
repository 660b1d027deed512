import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { erasePerson, exportFile, exportPerson, recordPrivilegedRead } from '../../db/queries/operations/index.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { type CommandContext, defineCommand } from '../runtime/command.ts'
import { uuid } from '../runtime/schemas.ts'
import { keptAfterErasure } from './erasure-schemas.ts'
import { requireErasure } from './refuse-erasure.ts'

const email = z.string().min(3).max(320)

const noSuchUser = (address: string): Error =>
  new Error(`No user has the address ${address}. Users appear here when they sign up or sign in.`)

const list = defineCommand({
  name: 'users list',
  summary: 'Lists all users',
  role: 'nestegg_owner',
  arguments: z.strictObject({}),
  run: async (_, { inTransaction, out, request }) => {
    const users = await inTransaction(async transaction => {
      await transaction.execute(sql`select operations.begin_as('nobody', null, ${JSON.stringify(request)}::jsonb)`)
      await recordPrivilegedRead(transaction, { resourceType: 'identity.users', metadata: {} })
      return transaction.execute<{ id: string; email: string | null; role: string; isActive: boolean; lastLogin: string | null }>(sql`
        select id, email, role, is_active as "isActive", to_char(last_login, 'YYYY-MM-DD HH24:MI') as "lastLogin" from identity.users order by id`)
    })
    const rows = users.map(user => [user.email ?? '-', user.role, user.isActive ? 'active' : 'closed', user.lastLogin ?? 'never', user.id])
    out(alignColumns([['EMAIL', 'ROLE', 'STATE', 'LAST SIGN-IN', 'ID'], ...rows]))
  },
})

/** Every request reads the role from the database, so it applies from the next request on. Only the operator makes the first administrator. */
const setRole = defineCommand({
  name: 'users set-role',
  summary: 'Makes a member an administrator, or the reverse',
  role: 'nestegg_owner',
  arguments: z.strictObject({ email, role: z.enum(['member', 'admin']) }),
  unrecorded: ['email'],
  run: async ({ email, role }, { inTransaction, out, request }) => {
    const changed = await inTransaction(async transaction => {
      await transaction.execute(sql`select operations.begin_as('nobody', null, ${JSON.stringify(request)}::jsonb)`)
      return transaction.execute(sql`update identity.users set role = ${role} where lower(email) = lower(${email}) returning id`)
    })
    if (changed.length === 0) throw noSuchUser(email)
    out(`${email} is ${role === 'admin' ? 'an administrator' : 'a member'} from the next request on.\n`)
  },
})

/** Ends the sessions of a user. `isActive` also closes the account, or opens it again. */
const endSessions = async (address: string, isActive: boolean | undefined, { inTransaction, request }: CommandContext): Promise<void> => {
  const document = JSON.stringify({ email: address, isActive, request })
  const [row] = await inTransaction(transaction =>
    transaction.execute<{ userId: string | null }>(sql`select identity.end_sessions(${document}::jsonb) ->> 'userId' as "userId"`),
  )
  if (!row?.userId) throw noSuchUser(address)
}

const ending = (name: string, summary: string, done: string, isActive?: boolean) =>
  defineCommand({
    name,
    summary,
    role: 'nestegg_owner',
    arguments: z.strictObject({ email }),
    unrecorded: ['email'],
    run: async ({ email }, context) => {
      await endSessions(email, isActive, context)
      context.out(`${email} ${done}.\n`)
    },
  })

const eraseTexts = {
  held: 'A legal hold keeps the data of this person or of their households. See `holds list`, and release it first.',
  lastOwner: 'This person is the only owner of households with other members. Another member must become an owner first:',
}

/** The user pool is not reached from the functions of operator commands: the job finish-erasures removes the person there. */
const erasePersonCommand = defineCommand({
  name: 'person erase',
  summary: 'Erases a person in the whole database, and has the user pool remove them within the hour',
  role: 'nestegg_owner',
  arguments: z.strictObject({ user: uuid, yes: z.literal(true), json: z.boolean().default(false) }),
  run: async ({ json, user }, { inTransaction, out, request }) => {
    const answer = await inTransaction(async transaction => {
      await transaction.execute(sql`select operations.begin_as('nobody', null, ${JSON.stringify(request)}::jsonb)`)
      return erasePerson(transaction, { userId: user, kind: 'operator' })
    })
    const erasure = requireErasure(answer, eraseTexts)
    if (json) return out(`${JSON.stringify({ ...erasure, kept: keptAfterErasure })}\n`)
    const rows = (title: string, counts: Readonly<Record<string, number>>) =>
      Object.entries(counts).flatMap(([table, count]) => (count === 0 ? [] : [[title, table, String(count)]]))
    out(alignColumns([['DONE', 'TABLE', 'ROWS'], ...rows('deleted', erasure.deleted), ...rows('anonymized', erasure.anonymized)]))
    out(alignColumns([['KEPT', 'BECAUSE'], ...keptAfterErasure.map(({ because, what }) => [what, because])]))
    out(`The erasure ${erasure.id} is ${erasure.status}.\n`)
  },
})

const exportPersonCommand = defineCommand({
  name: 'person export',
  summary: 'Writes all data of a person as JSON lines',
  role: 'nestegg_owner',
  arguments: z.strictObject({ user: uuid }),
  run: async ({ user }, { inTransaction, out, request }) => {
    const exported = await inTransaction(async transaction => {
      await transaction.execute(sql`select operations.begin_checks(${JSON.stringify(request)}::jsonb)`)
      const [known] = await transaction.execute(sql`select id from identity.users where id = ${user}::uuid`)
      if (!known) throw new Error('There is no such user.')
      await recordPrivilegedRead(transaction, { resourceType: 'identity.users', resourceId: user, metadata: { exported: true } })
      return exportPerson(transaction, user)
    })
    out(exportFile(exported))
  },
})

export const identityCommands = {
  exportPerson: exportPersonCommand,
  erasePerson: erasePersonCommand,
  list,
  setRole,
  close: ending('users close', 'Closes an account; nothing is removed', 'is closed and signed out', false),
  reopen: ending('users reopen', 'Opens a closed account again', 'can sign in again', true),
  signOut: ending('users sign-out', 'Ends every session of a user', 'is signed out everywhere'),
}
