import { type Lifecycles, stampMentions, type TableLifecycle } from '../lifecycle.ts'

const aboutThePlatform = 'It is about the platform, and names no person.'

/** A table that belongs to the audit trail, without values of its rows. */
const ofTheTrail = (key: readonly string[], because: string): TableLifecycle => ({
  key,
  owner: { kind: 'platform' },
  mentions: [],
  retention: { kept: because },
  erasure: { action: 'keep', because },
  export: { columns: 'none', because },
  backup: 'rows',
  validation: [],
})

export const operationsLifecycles: Lifecycles = {
  'operations.audit_logs': {
    key: ['id', 'timestamp'],
    owner: { kind: 'person-and-household', personColumn: 'user_id', householdColumn: 'household_id' },
    mentions: [],
    retention: {
      timeColumn: 'timestamp',
      actions: ['delete'],
      // A part of a month cannot be removed without breaking the trail.
      conditions: {},
      partitions: { droppedBy: 'operations.remove_audit_month', onlyWhole: true },
    },
    erasure: {
      action: 'anonymize',
      by: 'operations.erase_audit_values',
      columns: { session_id: null, ip_address: null, user_agent: null, old_values: null, new_values: null, metadata: null },
      because:
        'That a change was made, when, to which row and by whose id is kept for seven years, as the law requires (GDPR, Article 17(3)(b)). The values go, and their digests keep the trail verifiable.',
    },
    export: { columns: 'all' },
    backup: 'rows',
    validation: [
      {
        id: 'audit-rows-have-a-partition',
        rule: 'No row of the audit trail is in the default partition of a month that has begun.',
        broken: "select id, timestamp from operations.audit_logs_default where timestamp < now() - interval '1 day'",
        repair: 'select operations.make_audit_partitions(3)',
      },
    ],
  },
  'operations.audit_seals': ofTheTrail(['number'], 'It holds hashes, which keep the trail verifiable after its rows are removed.'),
  'operations.audit_anchors': ofTheTrail(['key'], 'It says which signed digests of the trail lie outside of the database.'),
  'operations.audit_restore_records': ofTheTrail(['number'], 'It says which restores have lost a part of the trail.'),
  'operations.unsealed_audit_rows': ofTheTrail([], 'It holds ids of rows of the trail until they are sealed.'),
  'operations.idempotency_keys': {
    key: ['user_id', 'route', 'key'],
    owner: { kind: 'person', column: 'user_id' },
    mentions: [],
    retention: { timeColumn: 'expires_at', actions: ['delete'], conditions: { route: 'text', status: 'number' } },
    erasure: { action: 'delete' },
    export: { columns: 'none', because: 'It holds copies of answers to the person, for a day.' },
    backup: 'rows',
    validation: [
      {
        id: 'keys-expire',
        rule: 'No expired Idempotency-Key is older than two days.',
        broken: "select user_id, route, key from operations.idempotency_keys where expires_at < now() - interval '2 days'",
        repair: "delete from operations.idempotency_keys where expires_at < now() - interval '2 days'",
      },
    ],
  },
  'operations.household_job_runs': {
    key: ['job', 'scheduled_for', 'household_id'],
    owner: { kind: 'household', column: 'household_id' },
    mentions: [],
    retention: { timeColumn: 'started_at', actions: ['delete', 'archive'], conditions: { job: 'text', status: 'text' } },
    erasure: { action: 'delete' },
    export: { columns: 'none', because: 'It says only that a job of the platform ran.' },
    backup: 'rows',
    validation: [],
  },
  'operations.job_runs': {
    key: ['id'],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { timeColumn: 'started_at', actions: ['delete', 'archive'], conditions: { job: 'text', status: 'text' } },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: aboutThePlatform },
    backup: 'rows',
    validation: [
      {
        id: 'job-runs-end',
        rule: 'No run of a job is recorded as running for a day.',
        broken: "select id from operations.job_runs where status = 'running' and started_at < now() - interval '1 day'",
        repair: `update operations.job_runs set status = 'failed', finished_at = now(), error = 'The run was stopped before its end.'
          where status = 'running' and started_at < now() - interval '1 day'`,
      },
    ],
  },
  'operations.operator_commands': {
    key: ['id'],
    owner: { kind: 'platform' },
    mentions: ['caller', 'caller_id'],
    retention: { kept: 'It says who worked on the data of others. No role of the platform can remove a record.' },
    erasure: { action: 'keep', because: 'It says which operator did what, without personal data of users.' },
    export: { columns: 'none', because: 'It says which operator did what, without personal data of users.' },
    backup: 'rows',
    validation: [],
  },
  'operations.system_events': {
    key: ['id'],
    owner: { kind: 'platform' },
    mentions: ['resolved_by', 'acknowledged_by'],
    retention: {
      timeColumn: 'timestamp',
      actions: ['delete', 'archive'],
      conditions: {
        event_type: 'text',
        event_category: 'text',
        severity: 'text',
        component: 'text',
        status: 'text',
        resolved: 'boolean',
        resolved_at: 'instant',
        occurrences: 'number',
      },
    },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: aboutThePlatform },
    backup: 'rows',
    validation: [
      {
        id: 'resolved-events-have-notes',
        rule: 'Every resolved system event has notes.',
        broken: 'select id from operations.system_events where resolved and resolution_notes is null',
      },
    ],
  },
  'operations.data_retention_policies': {
    key: ['id'],
    owner: { kind: 'platform' },
    mentions: [...stampMentions],
    retention: { kept: 'Administrators remove policies.' },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: aboutThePlatform },
    backup: 'rows',
    validation: [
      {
        id: 'active-policies-have-a-next-execution',
        rule: 'The next execution of an active policy is not more than a day overdue.',
        broken: "select id from operations.data_retention_policies where is_active and next_execution < now() - interval '1 day'",
      },
    ],
  },
  'operations.legal_holds': {
    key: ['id'],
    owner: { kind: 'person-and-household', personColumn: 'user_id', householdColumn: 'household_id' },
    mentions: ['placed_by', 'released_by'],
    retention: { kept: 'It says why rows were kept longer than a policy says.' },
    erasure: { action: 'keep', because: 'It proves why data was kept, for the defence of legal claims (GDPR, Article 17(3)(e)).' },
    export: { columns: 'none', because: 'To know of a hold could harm the claim for which it was placed.' },
    backup: 'rows',
    validation: [],
  },
  'operations.erasures': {
    key: ['id'],
    owner: { kind: 'person', column: 'user_id' },
    mentions: ['requested_by'],
    retention: { kept: 'It proves that a person was erased. It holds ids and counts only.' },
    erasure: { action: 'keep', because: 'It proves that the person was erased (GDPR, Article 5(2)). It holds ids and counts only.' },
    export: { columns: 'none', because: 'It exists only once the person is erased.' },
    backup: 'rows',
    validation: [
      {
        id: 'erasures-end',
        rule: 'An erasure is completed within two days.',
        broken: "select id from operations.erasures where status <> 'completed' and requested_at < now() - interval '2 days'",
      },
      {
        id: 'erased-persons-stay-erased',
        rule: 'An erased person has no address, no name and no household.',
        broken: `select e.id from operations.erasures e join identity.users u on u.id = e.user_id
          where num_nonnulls(u.email, u.first_name, u.last_name) > 0 or u.is_active
            or exists (select from identity.household_members m where m.user_id = e.user_id)`,
      },
    ],
  },
  'operations.retention_runs': {
    key: ['id'],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { kept: 'It proves what was removed, and when.' },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: aboutThePlatform },
    backup: 'rows',
    validation: [
      {
        id: 'retention-runs-end',
        rule: 'A run of a policy ends within a week.',
        broken: "select id from operations.retention_runs where finished_at is null and started_at < now() - interval '7 days'",
      },
    ],
  },
  'operations.retention_archives': {
    key: ['id'],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { kept: 'Without its row an archive cannot be read.' },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: aboutThePlatform },
    backup: 'rows',
    validation: [],
  },
  'operations.backups': {
    key: ['id'],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { kept: 'It says which backups there were. It grows by a few rows a day.' },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: aboutThePlatform },
    backup: 'rows',
    validation: [
      {
        id: 'backups-end',
        rule: 'No backup is recorded as running for a day.',
        broken: "select id from operations.backups where status = 'running' and started_at < now() - interval '1 day'",
        repair: `update operations.backups set status = 'failed', finished_at = now(), error = 'The backup was stopped before its end.'
          where status = 'running' and started_at < now() - interval '1 day'`,
      },
    ],
  },
  'operations.restores': {
    key: ['id'],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { kept: 'It proves that backups can be restored. It grows by a few rows a month.' },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: aboutThePlatform },
    backup: 'rows',
    validation: [
      {
        id: 'restores-end',
        rule: 'No restore is recorded as running for a day.',
        broken: "select id from operations.restores where status = 'running' and started_at < now() - interval '1 day'",
        repair: `update operations.restores set status = 'failed', finished_at = now(), error = 'The restore was stopped before its end.'
          where status = 'running' and started_at < now() - interval '1 day'`,
      },
    ],
  },
  'operations.erasure_list': {
    key: ['table_name'],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { kept: 'Erasures need it.' },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: aboutThePlatform },
    backup: { leftOut: 'Migrations fill it.' },
    validation: [],
  },
  'operations.identity_key': {
    key: [],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { kept: 'Transactions are signed with it.' },
    erasure: { action: 'keep', because: aboutThePlatform },
    export: { columns: 'none', because: 'It is a secret of the database.' },
    backup: { leftOut: 'It is a secret of the database. A restored database makes its own.' },
    validation: [
      {
        id: 'one-identity-key',
        rule: 'There is exactly one key that signs transactions.',
        broken: 'select count(*) from operations.identity_key having count(*) <> 1',
      },
    ],
  },
}
