import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { verifyAuditTrail } from '../../lambdas/operations/audit/verify.ts'
import { folderStore } from '../../lambdas/runtime/object-store.ts'
import { openDatabase } from '../../db/database.ts'
import { grouped, median, milliseconds, perSecond } from './measure.ts'

const WRITES = 20_000
const BATCH = 100
const ROUNDS = 5
const WRITERS = 4

/** The trigger as it would be without the chain: no salt, no digest, no place among the unsealed rows. */
const triggerAlone = `
  create table public.plain_audit_logs (like operations.audit_logs including defaults including constraints, primary key (id, timestamp)) partition by range (timestamp);
  alter table public.plain_audit_logs alter column values_digest drop not null;
  create table public.plain_audit_logs_now partition of public.plain_audit_logs default;
  create index on public.plain_audit_logs (user_id, id);
  create index on public.plain_audit_logs (household_id, id);
  create index on public.plain_audit_logs (resource_type, resource_id);
  create index on public.plain_audit_logs (timestamp);
  create index on public.plain_audit_logs (session_id, timestamp);
  alter table public.plain_audit_logs owner to nestegg_owner`

/** A table like that of plans, written as requests write: some rows in each transaction. */
const makeTable = async (sql: Sql, name: string, trigger: string | null): Promise<void> => {
  await sql.unsafe(
    `create table public.${name} (id uuid primary key default operations.uuid_v7(), household_id uuid, name text, notes text, amount numeric, version int default 1)`,
  )
  if (trigger !== null)
    await sql.unsafe(
      `create trigger audit_change after insert or update or delete on public.${name} for each row execute function ${trigger}()`,
    )
}

/** One statement for each row: what a route does. */
const write = async (sql: Sql, table: string, rows: number): Promise<void> => {
  for (let written = 0; written < rows; written += BATCH) {
    await sql.begin(async transaction => {
      await transaction`select operations.begin_request('{"requestId":"bench","route":"bench/write","sessionId":"session","ipAddress":"192.0.2.1","userAgent":"Mozilla/5.0 (X11; Linux x86_64)"}')`
      await transaction.unsafe(`do $$ begin for n in 1..${BATCH} loop
        insert into public.${table} (household_id, name, notes, amount) values (gen_random_uuid(), 'A plan of the bench', repeat('x', 200), n); end loop; end $$`)
    })
  }
}

const kinds = [
  { label: 'not audited', table: 'not_audited', trigger: null },
  { label: 'the trigger alone', table: 'trigger_alone', trigger: 'public.audit_change_alone' },
  { label: 'the trigger with the chain', table: 'with_chain', trigger: 'operations.audit_change' },
] as const

/** The parts of the trigger that make the digest and remember the row for its seal. */
const chainParts = [
  /  salt := .*\n/,
  /, values_salt, values_digest/,
  /, salt, operations\.audit_values_digest\([^;]*, null\)(?=\);)/,
  /  insert into operations\.unsealed_audit_rows .*\n/,
]

/** The trigger as it was before the chain. */
const withoutChain = (source: string): string =>
  chainParts.reduce((left, part) => {
    if (!part.test(left)) throw new Error(`operations.audit_change has no ${part}: the bench compares with nothing.`)
    return left.replace(part, '')
  }, source)

const prepare = async (sql: Sql): Promise<void> => {
  await sql.unsafe(triggerAlone)
  const [row] = await sql<{ source: string }[]>`select pg_get_functiondef('operations.audit_change()'::regprocedure) as source`
  await sql.unsafe(
    withoutChain(row!.source)
      .replace('operations.audit_change', 'public.audit_change_alone')
      .replaceAll('operations.audit_logs', 'public.plain_audit_logs'),
  )
  await sql.unsafe('alter function public.audit_change_alone() owner to nestegg_owner')
  for (const { table, trigger } of kinds) await makeTable(sql, table, trigger)
}

const benchWrites = async (sql: Sql): Promise<void> => {
  const times = new Map<string, number[]>(kinds.map(({ table }) => [table, []]))
  for (const { table } of kinds) await write(sql, table, BATCH)
  for (let round = 0; round < ROUNDS; round += 1) {
    // In turns, and each round from another one on, so that what changes with time changes all of them.
    for (const { table } of kinds.map((_, place) => kinds[(place + round) % kinds.length]!)) {
      await sql.unsafe('checkpoint')
      times.get(table)!.push(await milliseconds(() => write(sql, table, WRITES / ROUNDS)))
    }
  }
  const medians = kinds.map(({ label, table }) => ({ label, ms: median(times.get(table)!) * ROUNDS }))
  console.log(`\n${grouped(WRITES)} writes, one statement each, ${BATCH} in a transaction`)
  for (const { label, ms } of medians)
    console.log(`  ${label.padEnd(28)} ${grouped(ms).padStart(7)} ms  ${grouped(perSecond(WRITES, ms)).padStart(8)} rows/s`)
  const [none, alone, chain] = medians.map(({ ms }) => ms)
  console.log(
    `  with the chain / trigger alone ${(chain! / alone!).toFixed(2)}   with the chain / not audited ${(chain! / none!).toFixed(2)}   trigger alone / not audited ${(alone! / none!).toFixed(2)}`,
  )
}

const sealAll = async (operator: Sql): Promise<number> => {
  let rows = 0
  for (;;) {
    const [row] = await operator<{ sealed: number; more: boolean }[]>`
      select (answer ->> 'sealed')::int as sealed, (answer ->> 'hasMore')::boolean as more from operations.seal_audit_rows('{}') as answer`
    rows += row!.sealed
    if (!row!.more) return rows
  }
}

const benchSealing = async (location: DatabaseLocation, operator: Sql): Promise<void> => {
  let rows = 0
  const ms = await milliseconds(async () => void (rows = await sealAll(operator)))
  console.log(`\nSealing ${grouped(rows)} rows: ${grouped(ms)} ms, ${grouped(perSecond(rows, ms))} rows/s`)
  const writers = Array.from({ length: WRITERS }, () => connect(location, 'postgres'))
  const together = () => Promise.all(writers.map(sql => write(sql, 'with_chain', WRITES / WRITERS)))
  try {
    await together()
    await sealAll(operator)
    const alone = await milliseconds(together)
    const writing = new AbortController()
    let seals = 0
    const sealing = (async () => {
      while (!writing.signal.aborted) {
        await sealAll(operator)
        seals += 1
        await new Promise(resolve => setTimeout(resolve, 500))
      }
    })()
    const beside = await milliseconds(together)
    writing.abort()
    await sealing
    console.log(
      `${WRITERS} writers of ${grouped(WRITES)} rows: ${grouped(alone)} ms alone, ${grouped(beside)} ms beside ${seals} sealings (every 0.5 s): ratio ${(beside / alone).toFixed(2)}`,
    )
  } finally {
    await Promise.all(writers.map(sql => sql.end()))
  }
}

const benchVerification = async (operator: Sql, folder: string): Promise<void> => {
  await sealAll(operator)
  const database = openDatabase(operator)
  let rows = 0
  const ms = await milliseconds(async () => {
    const verification = await verifyAuditTrail({
      read: work => database.transaction(work),
      store: folderStore(folder),
      hasTime: () => true,
      namedFindings: 10,
    })
    if (!verification.isValid) throw new Error(JSON.stringify(verification.findings))
    rows = verification.verifiedRows
  })
  console.log(`\nVerifying ${grouped(rows)} rows: ${grouped(ms)} ms, ${grouped(perSecond(rows, ms))} rows/s`)
}

/** The cost of the chain of the audit trail: for each write, for sealing, and for its verification. */
export const benchAudit = async (location: DatabaseLocation, folder: string): Promise<void> => {
  const administrator = connect(location, 'postgres')
  const operator = connect(location, 'nestegg_operator')
  const verifier = connect(location, 'nestegg_operator')
  try {
    await prepare(administrator)
    await benchWrites(administrator)
    await benchSealing(location, operator)
    await benchVerification(verifier, folder)
  } finally {
    await Promise.all([administrator, operator, verifier].map(sql => sql.end()))
  }
}
