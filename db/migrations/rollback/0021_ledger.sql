create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'operations.household_job_runs', null, 'household_id', null),
    (3, 'wealth.goal_accounts', null, 'household_id', null),
    (4, 'wealth.goals', null, 'household_id', null),
    (5, 'wealth.beneficiaries', null, 'household_id', null),
    (6, 'wealth.balance_snapshots', null, 'household_id', null),
    (7, 'wealth.account_valuations', null, 'household_id', null),
    (8, 'wealth.investment_transactions', null, 'household_id', null),
    (9, 'wealth.transactions', null, 'household_id', null),
    (10, 'wealth.import_parts', null, 'household_id', null),
    (11, 'wealth.import_profiles', null, 'household_id', null),
    (12, 'wealth.imports', null, 'household_id', null),
    (13, 'wealth.account_totals', null, 'household_id', null),
    (14, 'wealth.accounts', null, 'household_id', null),
    (15, 'planning.run_shards', null, 'household_id', null),
    (16, 'planning.plan_outputs', null, 'household_id', null),
    (17, 'planning.runs', null, 'household_id', null),
    (18, 'planning.plan_versions', null, 'household_id', null),
    (19, 'planning.plan_inputs', null, 'household_id', null),
    (20, 'planning.plans', null, 'household_id', null),
    (21, 'planning.portfolio_models', null, 'household_id', null),
    (22, 'planning.capital_market_assumptions', null, 'household_id', null),
    (23, 'identity.people', null, 'household_id', null),
    (24, 'identity.household_invitations', null, 'household_id', null),
    (25, 'identity.household_members', 'user_id', 'household_id', null),
    (26, 'identity.households', null, 'id', null),
    (27, 'identity.preferences', 'user_id', null, null),
    (28, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
alter table wealth.transactions drop constraint transactions_own_category_fk;
--> statement-breakpoint
drop table wealth.transaction_splits;
--> statement-breakpoint
drop table wealth.transaction_categories;
