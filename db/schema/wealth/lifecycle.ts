import { type Lifecycles, stampMentions, type TableLifecycle } from '../lifecycle.ts'

const ofHousehold = (more: Partial<TableLifecycle> = {}): TableLifecycle => ({
  key: ['id'],
  owner: { kind: 'household', column: 'household_id' },
  mentions: [...stampMentions],
  retention: { kept: 'It ends with its household.' },
  erasure: { action: 'delete' },
  export: { columns: 'all' },
  backup: 'rows',
  validation: [],
  ...more,
})

/** A table of the calculated value history. Without its rows, values are calculated when they are asked for. */
const calculatedValues = (key: readonly string[]): TableLifecycle =>
  ofHousehold({
    key,
    mentions: [],
    retention: { kept: 'It is calculated from transactions and prices, again after a week at most.' },
    export: { columns: 'none', because: 'It is calculated from transactions, which the export has.' },
    backup: { leftOut: 'It is calculated from transactions and prices.' },
  })

export const wealthLifecycles: Lifecycles = {
  'wealth.accounts': ofHousehold({
    retention: { kept: 'A closed account keeps its history, which tax reports need.' },
    export: { columns: 'all-but', but: ['number_hash'], because: 'It recognises the account in files and says nothing to a person.' },
  }),
  'wealth.plaid_connections': ofHousehold({
    retention: { kept: 'A connection ends when a member of the household removes it.' },
    export: {
      columns: 'all-but',
      but: [
        'plaid_item_id',
        'failure_count',
        'access_token',
        'wrapped_key',
        'key_id',
        'key_wrapped_at',
        'cursor',
        'page_cursor',
        'removed_pending',
        'rules_applied_at',
        'seen_webhooks',
        'sync_id',
        'sync_until',
      ],
      because: 'The access token stays secret, and the rest is the state of a synchronisation.',
    },
  }),
  'wealth.account_credentials': ofHousehold({
    key: ['account_id'],
    retention: { kept: 'A credential ends when a member of the household removes it, or with its account.' },
    export: {
      columns: 'all-but',
      but: ['credential', 'wrapped_key', 'key_id', 'key_wrapped_at'],
      because: 'A credential is never shown again.',
    },
  }),
  'wealth.account_liabilities': ofHousehold({
    key: ['account_id'],
    retention: { kept: 'It ends with its account.' },
  }),
  'wealth.account_totals': ofHousehold({
    key: ['account_id', 'period', 'starts_on'],
    mentions: [],
    retention: { kept: 'It is the sum of transactions.' },
    export: { columns: 'none', because: 'It is the sum of transactions, which the export has.' },
    validation: [
      {
        id: 'totals-are-the-sums-of-transactions',
        rule: 'The total of a day or month is the sum of its posted transactions.',
        broken: `with sums as (
            select account_id, 'day' as period, date as starts_on, sum(amount) as amount, count(*) as rows
            from wealth.transactions where not is_pending group by account_id, date
            union all
            select account_id, 'month', date_trunc('month', date)::date, sum(amount), count(*)
            from wealth.transactions where not is_pending group by account_id, date_trunc('month', date))
          select coalesce(t.account_id, s.account_id) as account_id, coalesce(t.period, s.period) as period, coalesce(t.starts_on, s.starts_on) as starts_on
          from wealth.account_totals t full join sums s on s.account_id = t.account_id and s.period = t.period and s.starts_on = t.starts_on
          where (t.amount, t.transaction_count) is distinct from (s.amount, s.rows)`,
        repair: 'select wealth.rebuild_totals()',
      },
    ],
  }),
  'wealth.transactions': ofHousehold({
    retention: { kept: 'Transactions are kept without limit: tax lots and reports begin with the first.' },
  }),
  'wealth.transaction_splits': ofHousehold({
    mentions: [],
    retention: { kept: 'It is a part of a transaction.' },
    validation: [
      {
        id: 'splits-add-up-to-their-transaction',
        rule: 'The parts of a transaction add up to its amount.',
        broken: `select s.id from wealth.transaction_splits s join wealth.transactions t on t.id = s.transaction_id
          where t.amount <> (select sum(p.amount) from wealth.transaction_splits p where p.transaction_id = t.id)`,
      },
    ],
  }),
  'wealth.transaction_categories': ofHousehold(),
  'wealth.investment_transactions': ofHousehold({
    key: ['transaction_id'],
    mentions: [],
    retention: { kept: 'It is a part of a transaction.' },
  }),
  'wealth.imports': ofHousehold({
    retention: { kept: 'Transactions refer to the import that they come from.' },
    export: { columns: 'all' },
  }),
  'wealth.import_parts': ofHousehold({
    key: ['import_id', 'part'],
    mentions: [],
    retention: { timeColumn: 'created_at', actions: ['delete'], conditions: {} },
    export: { columns: 'none', because: 'The person has the file, and its transactions are exported once it is committed.' },
  }),
  'wealth.import_profiles': ofHousehold(),
  'wealth.rules': ofHousehold(),
  'wealth.rule_runs': ofHousehold({ retention: { kept: 'It says what rules have changed, and undoes it.' } }),
  'wealth.rule_changes': ofHousehold({ mentions: [], retention: { kept: 'It is a part of a run of rules.' } }),
  'wealth.transfers': ofHousehold({ retention: { kept: 'It ends with its transactions.' } }),
  'wealth.recurring_transactions': ofHousehold({ retention: { kept: 'It ends with its account.' } }),
  'wealth.tax_lots': ofHousehold({
    key: ['opening_id', 'position'],
    mentions: [],
    retention: { kept: 'It is calculated from transactions.' },
    validation: [
      {
        id: 'lots-hold-shares',
        rule: 'A tax lot holds shares.',
        broken: 'select opening_id, position from wealth.tax_lots where quantity <= 0',
      },
    ],
  }),
  'wealth.lot_closings': ofHousehold({
    key: ['transaction_id', 'position'],
    mentions: [],
    retention: { kept: 'It is calculated from transactions, and tax returns need it.' },
    validation: [
      {
        id: 'disallowed-losses-have-replacements',
        rule: 'The disallowed loss of a closing is the sum of its wash sales.',
        broken: `select c.transaction_id, c.position from wealth.lot_closings c where c.disallowed_loss <> (
          select coalesce(sum(w.disallowed_loss), 0) from wealth.wash_sales w
          where w.transaction_id = c.transaction_id and w.closing_position = c.position)`,
      },
    ],
  }),
  'wealth.wash_sales': ofHousehold({
    key: ['transaction_id', 'closing_position', 'position'],
    mentions: [],
    retention: { kept: 'It is calculated from transactions, and tax returns need it.' },
  }),
  'wealth.lot_problems': ofHousehold({
    key: ['transaction_id', 'kind'],
    mentions: [],
    retention: { kept: 'It is calculated from transactions.' },
  }),
  'wealth.lot_changes': ofHousehold({
    mentions: [],
    retention: { kept: 'It ends when the lots are calculated, within an hour.' },
    export: { columns: 'none', because: 'It says which lots wait to be calculated.' },
  }),
  'wealth.account_values': calculatedValues(['id']),
  'wealth.value_histories': calculatedValues(['household_id']),
  'wealth.value_states': calculatedValues(['household_id', 'day']),
  'wealth.value_changes': calculatedValues(['id']),
  'wealth.lot_elections': ofHousehold({ retention: { kept: 'It ends with its account.' } }),
  'wealth.lot_choices': ofHousehold({ key: ['transaction_id'], retention: { kept: 'It ends with its transaction.' } }),
  'wealth.identical_securities': ofHousehold(),
  'wealth.account_valuations': ofHousehold({
    retention: { kept: 'The worth of an account in the past is made of it.' },
  }),
  'wealth.balance_snapshots': ofHousehold({
    key: ['account_id', 'date'],
    mentions: [],
    retention: { timeColumn: 'taken_at', actions: ['delete'], conditions: { currency: 'text' } },
  }),
  'wealth.beneficiaries': ofHousehold({
    retention: { kept: 'It ends with its account.' },
    validation: [
      {
        id: 'shares-of-beneficiaries-are-whole',
        rule: 'The shares of the beneficiaries of one rank of an account sum to 100.',
        broken: `select id from wealth.beneficiaries b
          where 100 <> (select sum(o.share) from wealth.beneficiaries o where o.account_id = b.account_id and o.rank = b.rank)`,
      },
    ],
  }),
  'wealth.goals': ofHousehold(),
  'wealth.portfolios': ofHousehold({
    validation: [
      {
        id: 'portfolios-match-their-history',
        rule: 'Every portfolio has its current version in its history.',
        broken:
          'select p.id from wealth.portfolios p where not exists (select from wealth.portfolio_versions v where v.portfolio_id = p.id and v.version = p.version)',
      },
      {
        id: 'portfolios-use-visible-models',
        rule: 'A portfolio uses published portfolio models or those of its own household.',
        broken: `select p.id from wealth.portfolios p join planning.portfolio_models m on m.id = p.portfolio_model_id
          where m.household_id is not null and m.household_id <> p.household_id`,
      },
    ],
  }),
  'wealth.portfolio_accounts': ofHousehold({
    key: ['portfolio_id', 'account_id'],
    mentions: [],
    retention: { kept: 'It ends with its portfolio.' },
  }),
  'wealth.portfolio_versions': ofHousehold({ retention: { kept: 'A version ends with its portfolio.' } }),
  'wealth.security_classes': ofHousehold(),
  'wealth.tax_years': ofHousehold({ key: ['household_id', 'year'], retention: { kept: 'Tax reports of past years need it.' } }),
  'wealth.tax_year_people': ofHousehold({
    key: ['household_id', 'year', 'person_id'],
    mentions: [],
    retention: { kept: 'It is a part of a tax year.' },
  }),
  'wealth.goal_accounts': ofHousehold({
    key: ['goal_id', 'account_id'],
    mentions: [],
    retention: { kept: 'It is a part of a goal.' },
  }),
}
