drop function operations.leave_unerased(text[]);
--> statement-breakpoint
drop function operations.erase_before(text, text[], text, text);
--> statement-breakpoint
create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'wealth.rule_changes', null, 'household_id', null),
    (3, 'wealth.rule_runs', null, 'household_id', null),
    (4, 'wealth.rules', null, 'household_id', null),
    (5, 'wealth.transfers', null, 'household_id', null),
    (6, 'wealth.transaction_splits', null, 'household_id', null),
    (7, 'operations.household_job_runs', null, 'household_id', null),
    (8, 'wealth.goal_accounts', null, 'household_id', null),
    (9, 'wealth.goals', null, 'household_id', null),
    (10, 'wealth.beneficiaries', null, 'household_id', null),
    (11, 'wealth.balance_snapshots', null, 'household_id', null),
    (12, 'wealth.account_valuations', null, 'household_id', null),
    (13, 'wealth.investment_transactions', null, 'household_id', null),
    (14, 'wealth.transactions', null, 'household_id', null),
    (15, 'wealth.recurring_transactions', null, 'household_id', null),
    (16, 'wealth.transaction_categories', null, 'household_id', null),
    (17, 'wealth.import_parts', null, 'household_id', null),
    (18, 'wealth.import_profiles', null, 'household_id', null),
    (19, 'wealth.imports', null, 'household_id', null),
    (20, 'wealth.account_totals', null, 'household_id', null),
    (21, 'wealth.account_credentials', null, 'household_id', null),
    (22, 'wealth.accounts', null, 'household_id', null),
    (23, 'wealth.plaid_connections', null, 'household_id', null),
    (24, 'planning.run_shards', null, 'household_id', null),
    (25, 'planning.plan_outputs', null, 'household_id', null),
    (26, 'planning.runs', null, 'household_id', null),
    (27, 'planning.plan_versions', null, 'household_id', null),
    (28, 'planning.plan_inputs', null, 'household_id', null),
    (29, 'planning.plans', null, 'household_id', null),
    (30, 'planning.portfolio_models', null, 'household_id', null),
    (31, 'planning.capital_market_assumptions', null, 'household_id', null),
    (32, 'identity.people', null, 'household_id', null),
    (33, 'identity.household_invitations', null, 'household_id', null),
    (34, 'identity.household_members', 'user_id', 'household_id', null),
    (35, 'identity.households', null, 'id', null),
    (36, 'identity.preferences', 'user_id', null, null),
    (37, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
drop table operations.erasure_list;
