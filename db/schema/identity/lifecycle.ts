import { type Lifecycles, stampMentions } from '../lifecycle.ts'

export const identityLifecycles: Lifecycles = {
  'identity.users': {
    key: ['id'],
    owner: { kind: 'person', column: 'id' },
    mentions: [...stampMentions],
    retention: { kept: 'An account ends by its user or by an operator, never by age.' },
    erasure: {
      action: 'anonymize',
      columns: {
        email: null,
        first_name: null,
        last_name: null,
        company: null,
        title: null,
        license_number: null,
        last_login: null,
        locked_until: null,
        password_changed_at: null,
      },
      because: 'Other rows of shared households and of the audit trail refer to the id.',
    },
    export: { columns: 'all-but', but: ['cognito_sub'], because: 'It is a key of the user pool.' },
    backup: 'rows',
    validation: [
      {
        id: 'users-have-preferences',
        rule: 'Every open account has preferences.',
        broken:
          'select u.id from identity.users u where u.is_active and not exists (select from identity.preferences p where p.user_id = u.id)',
        repair:
          'insert into identity.preferences (user_id) select u.id from identity.users u where u.is_active and not exists (select from identity.preferences p where p.user_id = u.id)',
      },
      {
        id: 'closed-users-have-no-sessions',
        rule: 'A closed account accepts no token that was issued before it was closed.',
        broken: "select id from identity.users where not is_active and tokens_valid_after = '-infinity'",
        repair: "update identity.users set tokens_valid_after = now() where not is_active and tokens_valid_after = '-infinity'",
      },
    ],
  },
  'identity.preferences': {
    key: ['user_id'],
    owner: { kind: 'person', column: 'user_id' },
    mentions: [...stampMentions],
    retention: { kept: 'They are needed as long as the account exists.' },
    erasure: { action: 'delete' },
    export: { columns: 'all' },
    backup: 'rows',
    validation: [],
  },
  'identity.households': {
    key: ['id'],
    owner: { kind: 'household', column: 'id' },
    mentions: [...stampMentions],
    retention: { kept: 'A household ends by its owners, never by age.' },
    erasure: { action: 'delete' },
    export: { columns: 'all' },
    backup: 'rows',
    validation: [
      {
        id: 'households-have-an-owner',
        rule: 'Every household has an owner.',
        broken:
          "select h.id from identity.households h where not exists (select from identity.household_members m where m.household_id = h.id and m.role = 'owner')",
      },
    ],
  },
  'identity.household_members': {
    key: ['household_id', 'user_id'],
    owner: { kind: 'person-and-household', personColumn: 'user_id', householdColumn: 'household_id' },
    mentions: [...stampMentions],
    retention: { kept: 'A membership ends by the member or by an owner.' },
    erasure: { action: 'delete' },
    export: { columns: 'all' },
    backup: 'rows',
    validation: [
      {
        id: 'members-have-an-account',
        rule: 'Every member of a household has an open account, unless it is the only member.',
        broken: `select m.household_id, m.user_id from identity.household_members m join identity.users u on u.id = m.user_id
          where u.email is null and not u.is_active
            and exists (select from identity.household_members o where o.household_id = m.household_id and o.user_id <> m.user_id)`,
      },
    ],
  },
  'identity.household_invitations': {
    key: ['id'],
    owner: { kind: 'household', column: 'household_id' },
    mentions: [...stampMentions, 'accepted_by'],
    retention: {
      timeColumn: 'created_at',
      actions: ['delete', 'anonymize'],
      conditions: { role: 'text', accepted_at: 'instant', revoked_at: 'instant', expires_at: 'instant' },
      anonymized: { email: 'removed' },
    },
    erasure: { action: 'delete' },
    export: { columns: 'all-but', but: ['token_hash'], because: 'It is a secret of the invited person.', readBy: 'owners' },
    backup: 'rows',
    validation: [
      {
        id: 'open-invitations-have-an-owner',
        rule: 'The person who made an open invitation is still an owner of its household.',
        broken: `select i.id from identity.household_invitations i where i.accepted_at is null and i.revoked_at is null
          and not exists (select from identity.household_members m
            where m.household_id = i.household_id and m.user_id = i.created_by and m.role = 'owner')`,
        repair: `update identity.household_invitations i set revoked_at = now(), version = version + 1 where i.accepted_at is null and i.revoked_at is null
          and not exists (select from identity.household_members m
            where m.household_id = i.household_id and m.user_id = i.created_by and m.role = 'owner')`,
      },
    ],
  },
  'identity.people': {
    key: ['id'],
    owner: { kind: 'household', column: 'household_id' },
    mentions: [...stampMentions, 'user_id'],
    retention: { kept: 'A person ends by an editor of the household, never by age.' },
    erasure: { action: 'delete' },
    export: { columns: 'all' },
    backup: 'rows',
    validation: [],
  },
  'identity.attempts': {
    key: ['key'],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { kept: 'Each attempt removes expired rows: see identity.count_attempt.' },
    erasure: { action: 'keep', because: 'It holds hashes only, for an hour at most.' },
    export: { columns: 'none', because: 'It holds hashes only, for an hour at most.' },
    backup: { leftOut: 'The counts are valid for an hour at most.' },
    validation: [
      {
        id: 'attempts-expire-soon',
        rule: 'No count of attempts lasts longer than two hours.',
        broken: "select key from identity.attempts where expires_at > now() + interval '2 hours'",
        repair: "delete from identity.attempts where expires_at > now() + interval '2 hours'",
      },
    ],
  },
  'identity.ended_sessions': {
    key: ['key'],
    owner: { kind: 'platform' },
    mentions: [],
    retention: { kept: 'Each end of a session removes expired rows: see identity.end_session.' },
    erasure: { action: 'keep', because: 'It holds hashes only, for an hour at most.' },
    export: { columns: 'none', because: 'It holds hashes only, for an hour at most.' },
    backup: { leftOut: 'The access tokens of an ended session expire within 15 minutes.' },
    validation: [
      {
        id: 'ended-sessions-expire-soon',
        rule: 'No ended session is remembered for longer than two hours.',
        broken: "select key from identity.ended_sessions where expires_at > now() + interval '2 hours'",
        repair: "delete from identity.ended_sessions where expires_at > now() + interval '2 hours'",
      },
    ],
  },
}
