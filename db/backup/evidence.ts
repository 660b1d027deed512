import type { DatabaseLocation, Sql } from '../connections.ts'
import { plainArrayText } from '../queries/array-text.ts'
import { copyIn, copyOut } from './copy.ts'
import { readGuards, runTogether } from './definitions.ts'
import { readRelations, type Relation } from './inventory.ts'
import { makePartitions } from './load.ts'
import { inTransactionOf, withSessions } from './session.ts'

/** Tables that prove what has happened. No restore takes their rows back: it takes them over from the database that it replaces. */
export const evidenceTables: readonly string[] = [
  'operations.audit_logs',
  'operations.unsealed_audit_rows',
  'operations.audit_seals',
  'operations.audit_anchors',
  'operations.audit_restore_records',
  'operations.operator_commands',
  'operations.backups',
  'operations.restores',
  'operations.system_events',
]

/** Its rows are taken over one by one, since a person or household can be missing in the restored database. */
const holds = 'operations.legal_holds'
/** To read whether a person or household is in the restored database. */
const owners = ['identity.users', 'identity.households']

const isOf =
  (tables: readonly string[]) =>
  ({ name, partition }: Pick<Relation, 'name' | 'partition'>): boolean =>
    tables.includes(partition?.of ?? name)

/** The audit trail of the database in use does not continue that of the restored one. */
export class TrailBroken extends Error {
  override readonly name = 'TrailBroken'
}

interface Digest {
  readonly count: string
  readonly last: string | null
  readonly hash: string
}

/** The seals, or the anchors, up to one of them: how many, and the hash over all of them in their order. */
const digestOf = async (sql: Sql, { content, key, rows }: Record<'content' | 'key' | 'rows', string>, last?: string): Promise<Digest> => {
  const [digest] = await sql.unsafe<[Digest]>(
    `select count(*)::text as count, max(${key})::text as last, encode(sha256(coalesce(string_agg(${content}, '' order by ${key}), '')), 'hex') as hash
     from ${rows} ${last === undefined ? '' : `and ${key} <= $1`}`,
    last === undefined ? [] : [last],
  )
  return digest
}

const chains = [
  { name: 'seals', rows: 'operations.audit_seals where true', key: 'number', content: 'hash' },
  { name: 'anchors', rows: "operations.audit_anchors where key like 'audit/%'", key: 'key', content: "convert_to(key, 'UTF8') || sha256" },
  { name: 'records of restores', rows: 'operations.audit_restore_records where true', key: 'number', content: 'sha256' },
]

const batchRows = 5_000

/** How many of the rows that wait for a seal in the restored database are unknown to the one in use. Those of removed months are known. */
const countUnknown = async (live: Sql, restored: Sql): Promise<number> => {
  let unknown = 0
  const waiting = restored
    .unsafe<{ id: string; month: string }[]>(
      "select id, to_char(timestamp at time zone 'UTC', 'YYYY-MM') as month from operations.unsealed_audit_rows",
    )
    .cursor(batchRows)
  for await (const rows of waiting) {
    const [row] = await live.unsafe<[{ count: number }]>(
      `select count(*)::int as count from unnest($1::text::uuid[], $2::text::text[]) as waiting (id, month)
       where not exists (select from operations.audit_logs a where a.id = waiting.id) and month > coalesce((
         select max(metadata ->> 'month') from operations.audit_logs where resource_type = 'operations.audit_months' and action = 'DELETE'), '')`,
      [plainArrayText(rows.map(({ id }) => id)), plainArrayText(rows.map(({ month }) => month))],
    )
    unknown += row.count
  }
  return unknown
}

/**
 * Finds out whether the audit trail of the database in use continues that of the restored one: the same seals and anchors up to the restored
 * ones, and all rows that waited for a seal.
 * @returns what is missing, as a sentence, or undefined
 */
const findBreak = async (live: Sql, restored: Sql): Promise<string | undefined> => {
  for (const chain of chains) {
    const own = await digestOf(restored, chain)
    if (own.last === null) continue
    const { count, hash } = await digestOf(live, chain, own.last)
    if (hash !== own.hash)
      return `The restored audit trail has ${own.count} ${chain.name} up to ${own.last}. Of these, the database in use has ${count}, or other ones.`
  }
  const unknown = await countUnknown(live, restored)
  return unknown === 0 ? undefined : `The database in use lacks ${unknown} audit rows that wait for a seal in the restored one.`
}

/** Takes over the legal holds as they are now. A hold on somebody who is not in the restored database has no rows to keep. */
const carryHolds = async (live: Sql, restored: Sql): Promise<void> => {
  const rows = await live.unsafe<{ hold: string }[]>(`select to_jsonb(hold)::text as hold from ${holds} hold`)
  await restored.unsafe(
    `insert into ${holds} select hold.* from jsonb_populate_recordset(null::${holds}, $1::text::jsonb) hold
     where exists (select from identity.users where id = hold.user_id) or exists (select from identity.households where id = hold.household_id)
     on conflict (id) do update set released_at = excluded.released_at, released_by = excluded.released_by`,
    [`[${rows.map(({ hold }) => hold).join(',')}]`],
  )
}

/** An erasure since the restored moment. */
export interface RepeatedErasure {
  readonly userId: string
  /** Why the person could not be erased again: `held` or `last-owner`. Null: it is done. */
  readonly refusal: string | null
}

/** Erases the persons again who were erased since the backup. The last work of its transaction: see operations.erase_person. */
const repeatErasures = async (live: Sql, restored: Sql): Promise<RepeatedErasure[]> => {
  const rows = await live.unsafe<{ erasure: string }[]>(`select to_jsonb(e)::text as erasure from operations.erasures e order by id`)
  const added = await restored.unsafe<{ userId: string; kind: string }[]>(
    `insert into operations.erasures select e.* from jsonb_populate_recordset(null::operations.erasures, $1::text::jsonb) e
     where exists (select from identity.users where id = e.user_id) on conflict do nothing returning user_id as "userId", kind`,
    [`[${rows.map(({ erasure }) => erasure).join(',')}]`],
  )
  const repeated: RepeatedErasure[] = []
  for (const document of added) {
    const [row] = await restored<{ refusal: string | null }[]>`
      select operations.erase_person(${JSON.stringify(document)}::text::jsonb) ->> 'refusal' as refusal`
    repeated.push({ userId: document.userId, refusal: row!.refusal })
  }
  return repeated
}

export interface RecordedRestore {
  readonly restoreId: string
  readonly metadata: object
}

/** Records in the audit trail of a restored database that it was restored. */
const recordRestore = async (sql: Sql, { metadata, restoreId }: RecordedRestore): Promise<void> => {
  await sql`insert into operations.audit_logs (action, resource_type, resource_id, severity, metadata)
    values ('EXECUTE', 'operations.restores', ${restoreId}, 'warning', ${JSON.stringify(metadata)}::text::jsonb)`
}

/**
 * Records a restore in a database that keeps its own audit trail, because that of the database in use is lost. Legal holds stay as they are in
 * the database in use, and persons who were erased there are erased again.
 * @returns the persons who were erased since the restored moment
 * @throws Error if the database in use has a trail that continues it: then nothing is lost
 */
export const keepRestoredTrail = (live: Sql, restored: DatabaseLocation, restore: RecordedRestore): Promise<RepeatedErasure[]> =>
  withSessions({ location: restored, role: 'nestegg_owner', count: 1 }, ([session]) =>
    inTransactionOf(session!, 'begin', async sql => {
      const broken = await findBreak(live, sql)
      if (broken === undefined)
        throw new Error('The audit trail of the database in use continues that of the backup, so it is not lost: leave out --audit-lost.')
      const forced = (await readGuards(sql)).forced.filter(name => [holds, ...owners].includes(name))
      await runTogether(
        sql,
        forced.map(table => `alter table ${table} no force row level security`),
      )
      await carryHolds(live, sql)
      await runTogether(
        sql,
        forced.map(table => `alter table ${table} force row level security`),
      )
      await recordRestore(sql, { ...restore, metadata: { ...restore.metadata, auditLost: broken } })
      return repeatErasures(live, sql)
    }),
  )

/**
 * Gives a restored database the evidence of the one that it replaces, in one transaction and in constant memory: each of these tables is
 * emptied and filled again, so that rows which were erased or removed since the backup stay so. Legal holds stay, and persons who were erased
 * since the backup are erased again. Nothing may be written to the database in use meanwhile.
 * @returns the persons who were erased since the backup
 * @throws TrailBroken if its audit trail does not continue the restored one
 */
export const carryEvidence = (live: Sql, restored: DatabaseLocation, restore: RecordedRestore): Promise<RepeatedErasure[]> =>
  withSessions({ location: restored, role: 'nestegg_owner', count: 1 }, ([session]) =>
    inTransactionOf(session!, 'begin', async sql => {
      const broken = await findBreak(live, sql)
      if (broken !== undefined) throw new TrailBroken(`${broken} Nothing was restored. Only if its audit trail is lost, add --audit-lost.`)
      const isEvidence = isOf(evidenceTables)
      const carried = (await readRelations(live)).filter(isEvidence)
      const guards = await readGuards(sql)
      const triggered = guards.triggered.filter(name => evidenceTables.includes(name))
      const forced = guards.forced.filter(name => [...evidenceTables, holds, ...owners].includes(name))
      await runTogether(sql, [
        ...triggered.map(table => `alter table ${table} disable trigger user`),
        ...forced.map(table => `alter table ${table} no force row level security`),
      ])
      await makePartitions(sql, carried, isEvidence)
      for (const relation of carried) {
        await sql.unsafe(`truncate ${relation.name}`)
        await copyIn(session!, relation, await copyOut(live, relation))
      }
      await carryHolds(live, sql)
      await runTogether(sql, [
        ...forced.map(table => `alter table ${table} force row level security`),
        ...triggered.map(table => `alter table ${table} enable trigger user`),
        ...carried.flatMap(({ partition }) => partition?.triggers ?? []),
      ])
      await recordRestore(sql, restore)
      return repeatErasures(live, sql)
    }),
  )
