create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'operations.household_job_runs', null, 'household_id', null),
    (3, 'wealth.investment_transactions', null, 'household_id', null),
    (4, 'wealth.transactions', null, 'household_id', null),
    (5, 'wealth.account_totals', null, 'household_id', null),
    (6, 'wealth.accounts', null, 'household_id', null),
    (7, 'planning.run_shards', null, 'household_id', null),
    (8, 'planning.plan_outputs', null, 'household_id', null),
    (9, 'planning.runs', null, 'household_id', null),
    (10, 'planning.plan_versions', null, 'household_id', null),
    (11, 'planning.plan_inputs', null, 'household_id', null),
    (12, 'planning.plans', null, 'household_id', null),
    (13, 'planning.portfolio_models', null, 'household_id', null),
    (14, 'planning.capital_market_assumptions', null, 'household_id', null),
    (15, 'identity.people', null, 'household_id', null),
    (16, 'identity.household_invitations', null, 'household_id', null),
    (17, 'identity.household_members', 'user_id', 'household_id', null),
    (18, 'identity.households', null, 'id', null),
    (19, 'identity.preferences', 'user_id', null, null),
    (20, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
drop function wealth.remove_imported(uuid);
--> statement-breakpoint
alter table wealth.transactions drop constraint transactions_import_fk;
--> statement-breakpoint
drop table wealth.import_profiles;
--> statement-breakpoint
drop table wealth.import_parts;
--> statement-breakpoint
drop table wealth.imports;
--> statement-breakpoint
alter table wealth.investment_transactions drop constraint investment_transactions_fees_not_negative;
--> statement-breakpoint
alter table wealth.investment_transactions drop column acquired_date, drop column value, drop column state_tax_withheld, drop column taxes,
  drop column penalty, drop column load, alter column price type numeric(24, 10), alter column quantity type numeric(24, 10);
--> statement-breakpoint
alter table wealth.investment_transactions add constraint investment_transactions_fees_not_negative
  check (least(commission, regulatory_fees, other_fees, tax_withheld) >= 0);
