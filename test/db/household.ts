import type { TransactionSql } from 'postgres'
import type { Sql } from '../../db/connections.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { asUser } from './requests.ts'

export const zeroHash = '0'.repeat(64)

/** The relations of a person to a household. The guest is a second viewer, whom others try to remove. */
export const people = ['owner', 'editor', 'viewer', 'guest', 'former', 'stranger'] as const
export type Relation = (typeof people)[number]

export interface Household {
  readonly householdId: string
  /** Each person's id. A person's subject is the name of the relation. */
  readonly ids: Readonly<Record<Relation, string>>
}

export const insertHousehold = async (transaction: TransactionSql, name = 'Home'): Promise<string> => {
  const [row] = await transaction<{ id: string }[]>`insert into identity.households (name, timezone) values (${name}, 'UTC') returning id`
  return row!.id
}

/** A household with its members; a former member, who was removed; and a stranger with another household. */
export const makeHousehold = async (database: TestDatabase): Promise<Household> => {
  const sql = database.connect('nestegg_write')
  const administrator = database.connect('postgres')
  const householdId = await asUser(sql, 'owner', transaction => insertHousehold(transaction))
  await asUser(sql, 'stranger', transaction => insertHousehold(transaction, 'Elsewhere'))
  const entries: [Relation, string][] = []
  for (const subject of people) entries.push([subject, await asUser(sql, subject, async (_, person) => person.id)])
  const ids = Object.fromEntries(entries) as Household['ids']
  for (const [person, role] of [
    ['editor', 'editor'],
    ['viewer', 'viewer'],
    ['guest', 'viewer'],
    ['former', 'owner'],
  ] as const)
    await administrator`insert into identity.household_members (household_id, user_id, role) values (${householdId}, ${ids[person]}, ${role})`
  await asUser(sql, 'owner', transaction => transaction`delete from identity.household_members where user_id = ${ids.former}`)
  return { householdId, ids }
}

/** Makes a row of the household in every planning table that users write, as a user who may edit it. */
export const insertPlanning = async (transaction: TransactionSql, householdId: string) => {
  const [assumptions] = await transaction<{ id: string }[]>`
    insert into planning.capital_market_assumptions (household_id, version, name, effective_date, assumptions)
    values (${householdId}, '1', 'Ours', '2026-01-01', '{}') returning id`
  const [model] = await transaction<{ id: string }[]>`
    insert into planning.portfolio_models (household_id, cma_id, name, risk_level, asset_allocation, expected_return, volatility)
    values (${householdId}, ${assumptions!.id}, 'Ours', 5, '{}', '0.05', '0.1') returning id`
  const [plan] = await transaction<{ id: string }[]>`
    insert into planning.plans (household_id, name, cma_id, portfolio_model_id, random_seed, planning_horizon_years, as_of_date)
    values (${householdId}, 'Plan', ${assumptions!.id}, ${model!.id}, 1, 30, '2026-01-01') returning id`
  await transaction`
    insert into planning.plan_inputs (household_id, plan_id, input_type, input_name, input_value) values (${householdId}, ${plan!.id}, 'age', 'age', '40')`
  await transaction`
    insert into planning.plan_versions (household_id, plan_id, version, change, state) values (${householdId}, ${plan!.id}, 1, 'created', '{}')`
  const [run] = await transaction<{ id: string }[]>`
    insert into planning.runs (household_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count, shard_count,
      input_hash, output_hash, result, computation_time_ms, finished_at)
    values (${householdId}, ${plan!.id}, 1, 'succeeded', '{}', '{}', '1', 1, 1, 1, ${zeroHash}, ${zeroHash}, '{}', 1, now()) returning id`
  await transaction`
    insert into planning.plan_outputs (household_id, plan_id, run_id, output_type, output_name, output_value, algorithm_version)
    values (${householdId}, ${plan!.id}, ${run!.id}, 'probability', 'success', '{}', '1')`
  return { assumptionsId: assumptions!.id, modelId: model!.id, planId: plan!.id, runId: run!.id }
}

/** Makes an account of the household with a transaction, and a person, as a user who may edit it. */
export const insertWealth = async (transaction: TransactionSql, householdId: string) => {
  const [person] = await transaction<{ id: string }[]>`
    insert into identity.people (household_id, name) values (${householdId}, 'Sam') returning id`
  const [account] = await transaction<{ id: string }[]>`
    insert into wealth.accounts (household_id, owner_id, name, type, balance_source)
    values (${householdId}, ${person!.id}, 'Brokerage', 'investment', 'ledger') returning id`
  const [bought] = await transaction<{ id: string }[]>`
    insert into wealth.transactions (household_id, account_id, type, date, amount, description, source, fingerprint)
    values (${householdId}, ${account!.id}, 'buy', '2026-01-02', '-100.00', 'Bought', 'person', 'bought') returning id`
  await transaction`
    insert into wealth.investment_transactions (transaction_id, household_id, account_id, trade_date, symbol, quantity, price)
    values (${bought!.id}, ${householdId}, ${account!.id}, '2026-01-02', 'VTI', '1', '100')`
  await transaction`
    insert into wealth.tax_lots (opening_id, position, household_id, account_id, symbol, origin, acquired_on, holding_from, long_term_on, quantity, cost_basis,
      wash_adjustment)
    values (${bought!.id}, 0, ${householdId}, ${account!.id}, 'VTI', 'purchase', '2026-01-02', '2026-01-02', '2027-01-03', 1, 100, 0)`
  await transaction`
    insert into wealth.lot_closings (transaction_id, position, household_id, account_id, symbol, kind, opening_id, origin, quantity, acquired_on,
      holding_from, closed_on, term, proceeds, cost_basis, disallowed_loss)
    values (${bought!.id}, 0, ${householdId}, ${account!.id}, 'VTI', 'sale', ${bought!.id}, 'purchase', 1, '2026-01-02', '2026-01-02', '2026-01-05', 'short',
      90, 100, 10)`
  await transaction`
    insert into wealth.wash_sales (transaction_id, closing_position, position, household_id, replacement_id, account_id, symbol, replaced_on, quantity,
      disallowed_loss, is_lost)
    values (${bought!.id}, 0, 0, ${householdId}, ${bought!.id}, ${account!.id}, 'VTI', '2026-01-06', 1, 10, false)`
  await transaction`
    insert into wealth.lot_problems (transaction_id, kind, household_id, account_id, symbol, quantity)
    values (${bought!.id}, 'unknown_basis', ${householdId}, ${account!.id}, 'VTI', 1)`
  await transaction`
    insert into wealth.lot_elections (household_id, account_id, method, effective_on) values (${householdId}, ${account!.id}, 'hifo', '2026-01-01')`
  await transaction`
    insert into wealth.lot_choices (transaction_id, household_id, method, identified_on) values (${bought!.id}, ${householdId}, 'lifo', '2026-01-02')`
  await transaction`insert into wealth.identical_securities (household_id, symbol, other_symbol) values (${householdId}, 'ITOT', 'VTI')`
  const [file] = await transaction<{ id: string }[]>`
    insert into wealth.imports (household_id, file_name, size_bytes) values (${householdId}, 'bank.csv', 3) returning id`
  await transaction`insert into wealth.import_parts (import_id, household_id, part, bytes) values (${file!.id}, ${householdId}, 0, 'abc')`
  await transaction`
    insert into wealth.import_profiles (household_id, name, header_hash, profile) values (${householdId}, 'Bank', ${zeroHash}, '{}')`
  const [savings] = await transaction<{ id: string }[]>`
    insert into wealth.accounts (household_id, name, type, balance_source) values (${householdId}, 'Savings', 'savings', 'ledger') returning id`
  const [received] = await transaction<{ id: string }[]>`
    insert into wealth.transactions (household_id, account_id, date, amount, description, source, fingerprint)
    values (${householdId}, ${savings!.id}, '2026-01-02', '100.00', 'Received', 'person', 'received') returning id`
  const [rule] = await transaction<{ id: string }[]>`
    insert into wealth.rules (household_id, name, conditions, actions) values (${householdId}, 'Rule', '[]', '[]') returning id`
  const [ruleRun] = await transaction<{ id: string }[]>`
    insert into wealth.rule_runs (household_id, source, transaction_count, change_count, contradiction_count)
    values (${householdId}, 'person', 1, 1, 0) returning id`
  await transaction`
    insert into wealth.rule_changes (household_id, run_id, transaction_id, rule_id, rule_name, field, before, after)
    values (${householdId}, ${ruleRun!.id}, ${received!.id}, ${rule!.id}, 'Rule', 'notes', 'null', '"n"')`
  await transaction`
    insert into wealth.transfers (household_id, outflow_id, inflow_id, confidence, source)
    values (${householdId}, ${bought!.id}, ${received!.id}, 0.5, 'person')`
  await transaction`
    insert into wealth.recurring_transactions (household_id, account_id, key, direction, name, period, amount_low, amount_high, last_amount, first_date,
      last_date, next_date, confidence)
    values (${householdId}, ${savings!.id}, 'pay', 'in', 'Pay', 'monthly', 1, 1, 1, '2026-01-01', '2026-03-01', '2026-04-01', 0.9)`
  await transaction`
    insert into wealth.account_valuations (household_id, account_id, date, balance) values (${householdId}, ${account!.id}, '2026-01-02', '100.00')`
  await transaction`
    insert into wealth.account_liabilities (account_id, household_id, kind, source) values (${savings!.id}, ${householdId}, 'loan', 'person')`
  await transaction`
    insert into wealth.beneficiaries (household_id, account_id, rank, position, person_id, share)
    values (${householdId}, ${account!.id}, 'primary', 0, ${person!.id}, '100')`
  const [goal] = await transaction<{ id: string }[]>`
    insert into wealth.goals (household_id, name, kind, target_amount, currency) values (${householdId}, 'Roof', 'home', '100.00', 'USD') returning id`
  await transaction`insert into wealth.goal_accounts (goal_id, account_id, household_id) values (${goal!.id}, ${account!.id}, ${householdId})`
  const [portfolio] = await transaction<{ id: string }[]>`
    insert into wealth.portfolios (household_id, name, currency, rebalancing) values (${householdId}, 'All', 'USD', '{"absoluteBand": "0.05", "relativeBand": "0.25"}')
    returning id`
  await transaction`
    insert into wealth.portfolio_accounts (portfolio_id, account_id, household_id) values (${portfolio!.id}, ${account!.id}, ${householdId})`
  await transaction`
    insert into wealth.portfolio_versions (household_id, portfolio_id, version, change, state) values (${householdId}, ${portfolio!.id}, 1, 'created', '{}')`
  await transaction`
    insert into wealth.security_classes (household_id, symbol, classes) values (${householdId}, 'FUND', '[{"key": "cash", "weight": "1"}]')`
  await transaction`insert into wealth.tax_years (household_id, year) values (${householdId}, 2026)`
  await transaction`insert into wealth.tax_year_people (household_id, year, person_id) values (${householdId}, 2026, ${person!.id})`
  const [category] = await transaction<{ id: string }[]>`
    insert into wealth.transaction_categories (household_id, parent, name) values (${householdId}, 'investment', 'Funds') returning id`
  await transaction`
    insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category, category_id)
    values (${householdId}, ${bought!.id}, 0, '-100.00', 'investment', ${category!.id})`
  return { accountId: account!.id, personId: person!.id, transactionId: bought!.id }
}

/** The stored value history of a household, which a job writes, as the administrator. */
export const insertStoredValues = async (administrator: Sql, householdId: string): Promise<void> => {
  await administrator`
    insert into wealth.account_values (household_id, account_id, first_day, value, flow, income, fees, price_gain, currency_gain)
    select household_id, id, '2026-01-01', '{1}', '{1}', '{0}', '{0}', '{0}', '{0}' from wealth.accounts`
  await administrator`
    insert into wealth.value_histories (household_id, currency, first_day, last_day, cached_metrics, prices, expires_at)
    values (${householdId}, 'USD', '2026-01-01', '2026-01-01', '{}', '[]', now())`
  await administrator`insert into wealth.value_states (household_id, day, state) values (${householdId}, '2026-01-01', '{}')`
}
