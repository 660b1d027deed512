create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'wealth.transaction_splits', null, 'household_id', null),
    (3, 'operations.household_job_runs', null, 'household_id', null),
    (4, 'wealth.goal_accounts', null, 'household_id', null),
    (5, 'wealth.goals', null, 'household_id', null),
    (6, 'wealth.beneficiaries', null, 'household_id', null),
    (7, 'wealth.balance_snapshots', null, 'household_id', null),
    (8, 'wealth.account_valuations', null, 'household_id', null),
    (9, 'wealth.investment_transactions', null, 'household_id', null),
    (10, 'wealth.transactions', null, 'household_id', null),
    (11, 'wealth.transaction_categories', null, 'household_id', null),
    (12, 'wealth.import_parts', null, 'household_id', null),
    (13, 'wealth.import_profiles', null, 'household_id', null),
    (14, 'wealth.imports', null, 'household_id', null),
    (15, 'wealth.account_totals', null, 'household_id', null),
    (16, 'wealth.account_credentials', null, 'household_id', null),
    (17, 'wealth.accounts', null, 'household_id', null),
    (18, 'wealth.plaid_connections', null, 'household_id', null),
    (19, 'planning.run_shards', null, 'household_id', null),
    (20, 'planning.plan_outputs', null, 'household_id', null),
    (21, 'planning.runs', null, 'household_id', null),
    (22, 'planning.plan_versions', null, 'household_id', null),
    (23, 'planning.plan_inputs', null, 'household_id', null),
    (24, 'planning.plans', null, 'household_id', null),
    (25, 'planning.portfolio_models', null, 'household_id', null),
    (26, 'planning.capital_market_assumptions', null, 'household_id', null),
    (27, 'identity.people', null, 'household_id', null),
    (28, 'identity.household_invitations', null, 'household_id', null),
    (29, 'identity.household_members', 'user_id', 'household_id', null),
    (30, 'identity.households', null, 'id', null),
    (31, 'identity.preferences', 'user_id', null, null),
    (32, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
alter table wealth.transactions drop column is_recurring, drop column recurring_id, drop column transfer_account_id;
--> statement-breakpoint
drop table wealth.rule_changes;
--> statement-breakpoint
drop table wealth.rule_runs;
--> statement-breakpoint
drop table wealth.rules;
--> statement-breakpoint
drop table wealth.transfers;
--> statement-breakpoint
drop table wealth.recurring_transactions;
