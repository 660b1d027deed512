import { retainedTable, type PolicyRow } from '../../db/queries/operations/retention/covered.ts'
import { findPolicyByName } from '../../db/queries/operations/retention/policies.ts'
import type { TableLifecycle } from '../../db/schema/lifecycle.ts'
import { operationsLifecycles } from '../../db/schema/operations/lifecycle.ts'
import { grouped } from './measure.ts'
import type { BenchPlatform } from './platform.ts'

const months = 10
const trail = operationsLifecycles['operations.audit_logs']!
const tables = {
  'operations.bench_months': { ...trail, retention: rules(true) },
  'operations.bench_rows': { ...trail, retention: rules(false) },
} satisfies Record<string, TableLifecycle>

function rules(partitioned: boolean): TableLifecycle['retention'] {
  return {
    timeColumn: 'timestamp',
    actions: ['delete'],
    conditions: {},
    ...(partitioned ? { partitions: { droppedBy: 'operations.drop_bench_month', onlyWhole: false } } : {}),
  }
}

/** Rows of the audit trail, removed by whole months and in batches: the same rows, in the same run. */
export async function benchRetention(rows: number): Promise<void> {
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_TRACE_ENABLED: 'false' })
  const { startBenchPlatform } = await import('./platform.ts')
  const platform = await startBenchPlatform()
  try {
    await makeTables(platform, rows)
    const [whole, batches] = [await removeAll(platform, 'operations.bench_months'), await removeAll(platform, 'operations.bench_rows')]
    console.log(`Retention of ${grouped(rows)} audit rows in ${months} months`)
    console.log(`  whole months   ${whole.text}`)
    console.log(`  batches        ${batches.text}`)
    console.log(`  whole months are ${(batches.time / whole.time).toFixed(0)} times as fast`)
  } finally {
    await platform.close()
  }
}

async function makeTables({ administrator }: BenchPlatform, rows: number): Promise<void> {
  await administrator.unsafe(`
    create table operations.bench_rows (like operations.audit_logs including defaults including indexes);
    create table operations.bench_months (like operations.audit_logs including defaults including indexes) partition by range (timestamp);
    create function operations.drop_bench_month(first_day date) returns void language plpgsql security definer as $$
      begin execute format('drop table operations.bench_months_%s', extract(month from first_day)); end $$;
    grant execute on function operations.drop_bench_month(date) to nestegg_operator;
    grant select, delete on operations.bench_rows, operations.bench_months to nestegg_operator`)
  for (let month = 1; month <= months; month += 1)
    await administrator.unsafe(`create table operations.bench_months_${month} partition of operations.bench_months
      for values from ('2015-${String(month).padStart(2, '0')}-01') to ('2015-${String(month + 1).padStart(2, '0')}-01')`)
  await administrator.unsafe(`
    insert into operations.bench_rows (timestamp, user_id, household_id, action, resource_type, resource_id, new_values, values_digest)
    select timestamptz '2015-01-01Z' + n::double precision / ${rows} * interval '300 days', gen_random_uuid(), gen_random_uuid(), 'UPDATE', 'planning.plans', gen_random_uuid(),
      jsonb_build_object('name', 'A plan', 'version', n, 'note', repeat('x', 200)), sha256(int4send(n)) from generate_series(0, ${rows - 1}) n;
    insert into operations.bench_months select * from operations.bench_rows;
    analyze operations.bench_rows; analyze operations.bench_months`)
}

async function removeAll({ administrator }: BenchPlatform, tableName: keyof typeof tables): Promise<{ text: string; time: number }> {
  const { runPolicy } = await import('../../lambdas/operations/retention/run-policy.ts')
  const { inRetentionTransaction } = await import('../../lambdas/runtime/database.ts')
  await administrator`
    insert into operations.data_retention_policies (name, table_name, retention_period_days, schedule_cron) values (${tableName}, ${tableName}, 365, '0 0 * * *')`
  const inRetention = <Result>(work: Parameters<typeof inRetentionTransaction<Result>>[1]) =>
    inRetentionTransaction({ requestId: 'bench', route: 'bench' }, work)
  const policy = (await inRetention(transaction => findPolicyByName(transaction, tableName))) as PolicyRow
  const startedAt = performance.now()
  const outcome = await runPolicy(policy, new Date().toISOString(), {
    inRetention,
    hasTime: () => true,
    store: () => {
      throw new Error('Nothing is archived here.')
    },
    tableFor: name => retainedTable(name, tables),
  })
  const time = performance.now() - startedAt
  if (outcome.status !== 'success') throw new Error(outcome.error)
  const [left] = await administrator.unsafe<{ count: number }[]>(`select count(*)::integer as count from ${tableName}`)
  if (left!.count !== 0) throw new Error(`${left!.count} rows are left in ${tableName}.`)
  return { text: `${grouped(time)} ms, ${grouped(outcome.records)} rows, ${outcome.partitions} partitions`, time }
}
