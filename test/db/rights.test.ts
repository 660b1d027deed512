import { afterAll, describe, expect, it } from 'vitest'
import { databaseRoles } from '../../db/roles.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { declaredRights, executableFunctions, grantedRights, readableTables, relationsOf } from './rights.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')

const roles = databaseRoles.filter(role => role !== 'nestegg_owner')

it.each(roles)('lets %s write what its routes, jobs, tasks and commands declare, and nothing else', async role => {
  expect(await grantedRights(administrator, role)).toEqual(declaredRights(role))
})

/** The tables and views that a role cannot read. A role that is missing here can read none. */
const unreadable: Readonly<Record<string, readonly string[]>> = {
  nestegg_write: [
    'identity.attempts',
    'identity.ended_sessions',
    'market.price_file_series',
    'market.price_files',
    'market.replaced_bars',
    'operations.audit_anchors',
    'operations.audit_restore_records',
    'operations.audit_seals',
    'operations.backups',
    'operations.data_retention_policies',
    'operations.erasure_list',
    'operations.erasures',
    'operations.household_job_runs',
    'operations.identity_key',
    'operations.job_runs',
    'operations.legal_holds',
    'operations.operator_commands',
    'operations.restores',
    'operations.retention_archives',
    'operations.retention_runs',
    'operations.system_events',
    'operations.unsealed_audit_rows',
    'wealth.account_credentials',
    'wealth.plaid_connections',
  ],
  nestegg_read: [
    'identity.attempts',
    'identity.ended_sessions',
    'market.price_file_series',
    'market.price_files',
    'market.replaced_bars',
    'operations.audit_anchors',
    'operations.audit_restore_records',
    'operations.audit_seals',
    'operations.backups',
    'operations.data_retention_policies',
    'operations.erasure_list',
    'operations.erasures',
    'operations.household_job_runs',
    'operations.identity_key',
    'operations.job_runs',
    'operations.legal_holds',
    'operations.operator_commands',
    'operations.restores',
    'operations.retention_archives',
    'operations.retention_runs',
    'operations.system_events',
    'operations.unsealed_audit_rows',
    'wealth.account_credentials',
    'wealth.plaid_connections',
  ],
  nestegg_operator: [
    'identity.attempts',
    'identity.ended_sessions',
    'identity.member_profiles',
    'identity.preferences',
    'market.price_file_series',
    'market.replaced_bars',
    'operations.erasure_list',
    'operations.identity_key',
    'wealth.account_credentials',
    'wealth.plaid_connections',
  ],
}

/** Of tables with encrypted columns: the columns that the roles of requests and jobs can read. */
const readableColumns = [
  ...['account_id', 'household_id', 'version', 'created_at', 'updated_at', 'created_by', 'updated_by'].map(
    name => `wealth.account_credentials.${name}`,
  ),
  ...[
    'id',
    'household_id',
    'institution_id',
    'institution_name',
    'is_active',
    'sync_status',
    'error_code',
    'error_message',
    'last_sync_at',
    'next_sync_at',
    'consent_expires_at',
    'changed_splits',
    'rules_applied_at',
    'version',
    'created_at',
    'updated_at',
    'created_by',
    'updated_by',
  ].map(name => `wealth.plaid_connections.${name}`),
]

it.each(roles.filter(role => role !== 'nestegg_backup'))('lets %s read exactly the tables of its purpose', async role => {
  const hidden = unreadable[role]
  const expected = hidden === undefined ? [] : (await relationsOf(administrator)).filter(name => !hidden.includes(name))
  // The operator sees which migrations are applied.
  const others = role === 'nestegg_operator' ? ['drizzle.__drizzle_migrations'] : []
  expect(await readableTables(administrator, role)).toEqual(
    [...expected, ...others, ...(hidden === undefined ? [] : readableColumns)].toSorted(),
  )
})

it('lets nestegg_backup read every table and partition, except the key of identities', async () => {
  const all = await readableTables(administrator, 'nestegg_owner')
  expect(await readableTables(administrator, 'nestegg_backup')).toEqual(all.filter(name => name !== 'operations.identity_key'))
})

/** The functions that a role may execute, without those of the market for operators, which begin with `market.`. */
const executable: Readonly<Record<string, readonly string[]>> = {
  nestegg_write: [
    'identity.accept_invitation',
    'market.day_start',
    'market.fresh_rollups',
    'market.next_period_start',
    'market.period_start',
    'operations.begin_request',
    'operations.current_user_id',
    'operations.editable_household_ids',
    'operations.owned_household_ids',
    'operations.readable_household_ids',
    'operations.record_system_event',
    'operations.stamping_user_id',
    'operations.uuid_v7',
    'planning.record_hash',
    'planning.record_hash',
    'planning.stored_records',
    'wealth.add_reversal',
    'wealth.balance_at',
    'wealth.ledger_total',
    'wealth.remove_imported',
  ],
  nestegg_read: [
    'identity.invitations_to_me',
    'market.day_start',
    'market.fresh_rollups',
    'market.next_period_start',
    'market.period_start',
    'operations.begin_request',
    'operations.current_user_id',
    'operations.editable_household_ids',
    'operations.own_audit_seals',
    'operations.owned_household_ids',
    'operations.readable_household_ids',
    'operations.record_system_event',
    'operations.stamping_user_id',
    'operations.uuid_v7',
    'wealth.balance_at',
    'wealth.ledger_total',
  ],
  nestegg_backup: [],
  nestegg_public: ['operations.begin_request', 'operations.record_system_event'],
  nestegg_operator: [
    'operations.acting_household_id',
    'operations.begin_household_work',
    'operations.begin_request',
    'operations.begin_retention',
    'operations.current_user_id',
    'operations.erase_person',
    'operations.find_audit_seals',
    'operations.find_unrecorded_anchors',
    'operations.held_household_ids',
    'operations.held_user_ids',
    'operations.is_retention',
    'operations.list_household_ids',
    'operations.make_audit_partitions',
    'operations.record_audit_anchor',
    'operations.record_audit_restore',
    'operations.record_privileged_read',
    'operations.record_system_event',
    'operations.remove_audit_month',
    'operations.seal_audit_rows',
    'operations.stamping_user_id',
    'operations.uuid_v7',
    'planning.record_hash',
    'planning.record_hash',
    'wealth.balance_at',
    'wealth.ledger_total',
    'wealth.remove_imported',
  ],
  nestegg_identity: [
    'identity.complete_erasure',
    'identity.count_attempt',
    'identity.end_session',
    'identity.end_sessions',
    'identity.erase_own_person',
    'identity.list_open_erasures',
    'identity.record_identity_event',
    'identity.record_user_pool_erasure',
    'operations.find_job_result',
    'operations.record_job_end',
    'operations.record_system_event',
  ],
  nestegg_invitations: ['identity.create_invitation', 'identity.keep_invitation_reply', 'operations.record_system_event'],
  nestegg_runs: [
    'operations.record_system_event',
    'planning.begin_shard',
    'planning.complete_shard',
    'planning.fail_run',
    'planning.finish_run',
    'planning.queue_run',
    'planning.read_run_material',
    'planning.read_run_shards',
    'planning.read_run_specification',
    'planning.read_stored_run',
  ],
  nestegg_audit: [
    'operations.find_audit_seals',
    'operations.find_job_result',
    'operations.find_unrecorded_anchors',
    'operations.record_audit_anchor',
    'operations.record_audit_restore',
    'operations.record_job_end',
    'operations.record_system_event',
    'operations.seal_audit_rows',
  ],
  nestegg_wealth: [
    'operations.find_job_result',
    'operations.record_job_end',
    'operations.record_system_event',
    'wealth.apply_page',
    'wealth.begin_sync',
    'wealth.check_editor',
    'wealth.create_connection',
    'wealth.end_sync',
    'wealth.find_item',
    'wealth.list_due_connections',
    'wealth.list_wrapped_keys',
    'wealth.note_webhook',
    'wealth.open_connection',
    'wealth.put_credential',
    'wealth.remove_connection',
    'wealth.remove_credential',
    'wealth.replace_wrapped_key',
    'wealth.restart_pages',
    'wealth.store_accounts',
    'wealth.store_investments',
    'wealth.store_liabilities',
  ],
}

it.each(roles)('lets %s execute the functions of its purpose, and no others', async role => {
  const found = await executableFunctions(administrator, role)
  expect(role === 'nestegg_operator' ? found.filter(name => !name.startsWith('market.')) : found).toEqual(executable[role])
})

describe('the declarations', () => {
  it('name tables and columns that exist', async () => {
    const owner = await grantedRights(administrator, 'nestegg_owner')
    for (const role of roles) expect(declaredRights(role).filter(right => !owner.includes(right))).toEqual([])
  })
})
