create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'operations.household_job_runs', null, 'household_id', null),
    (3, 'planning.run_shards', null, 'household_id', null),
    (4, 'planning.plan_outputs', null, 'household_id', null),
    (5, 'planning.runs', null, 'household_id', null),
    (6, 'planning.plan_versions', null, 'household_id', null),
    (7, 'planning.plan_inputs', null, 'household_id', null),
    (8, 'planning.plans', null, 'household_id', null),
    (9, 'planning.portfolio_models', null, 'household_id', null),
    (10, 'planning.capital_market_assumptions', null, 'household_id', null),
    (11, 'identity.household_invitations', null, 'household_id', null),
    (12, 'identity.household_members', 'user_id', 'household_id', null),
    (13, 'identity.households', null, 'id', null),
    (14, 'identity.preferences', 'user_id', null, null),
    (15, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
drop function wealth.rebuild_totals();
--> statement-breakpoint
drop function wealth.ledger_total(uuid, date);
--> statement-breakpoint
drop table wealth.account_totals;
--> statement-breakpoint
drop table wealth.investment_transactions;
--> statement-breakpoint
drop table wealth.transactions;
--> statement-breakpoint
drop function wealth.keep_totals_of_added();
--> statement-breakpoint
drop function wealth.keep_totals_of_changed();
--> statement-breakpoint
drop function wealth.keep_totals_of_removed();
--> statement-breakpoint
drop table wealth.accounts;
--> statement-breakpoint
drop table identity.people;
