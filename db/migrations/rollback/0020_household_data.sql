create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'operations.household_job_runs', null, 'household_id', null),
    (3, 'wealth.investment_transactions', null, 'household_id', null),
    (4, 'wealth.transactions', null, 'household_id', null),
    (5, 'wealth.import_parts', null, 'household_id', null),
    (6, 'wealth.import_profiles', null, 'household_id', null),
    (7, 'wealth.imports', null, 'household_id', null),
    (8, 'wealth.account_totals', null, 'household_id', null),
    (9, 'wealth.accounts', null, 'household_id', null),
    (10, 'planning.run_shards', null, 'household_id', null),
    (11, 'planning.plan_outputs', null, 'household_id', null),
    (12, 'planning.runs', null, 'household_id', null),
    (13, 'planning.plan_versions', null, 'household_id', null),
    (14, 'planning.plan_inputs', null, 'household_id', null),
    (15, 'planning.plans', null, 'household_id', null),
    (16, 'planning.portfolio_models', null, 'household_id', null),
    (17, 'planning.capital_market_assumptions', null, 'household_id', null),
    (18, 'identity.people', null, 'household_id', null),
    (19, 'identity.household_invitations', null, 'household_id', null),
    (20, 'identity.household_members', 'user_id', 'household_id', null),
    (21, 'identity.households', null, 'id', null),
    (22, 'identity.preferences', 'user_id', null, null),
    (23, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
drop table wealth.goal_accounts;
--> statement-breakpoint
drop table wealth.goals;
--> statement-breakpoint
drop table wealth.beneficiaries;
--> statement-breakpoint
drop table wealth.balance_snapshots;
--> statement-breakpoint
drop trigger keep_stated_balance on wealth.accounts;
--> statement-breakpoint
drop function wealth.keep_stated_balance();
--> statement-breakpoint
drop function wealth.balance_at(uuid, date);
--> statement-breakpoint
drop table wealth.account_valuations;
