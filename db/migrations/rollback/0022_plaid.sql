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
    (16, 'wealth.accounts', null, 'household_id', null),
    (17, 'planning.run_shards', null, 'household_id', null),
    (18, 'planning.plan_outputs', null, 'household_id', null),
    (19, 'planning.runs', null, 'household_id', null),
    (20, 'planning.plan_versions', null, 'household_id', null),
    (21, 'planning.plan_inputs', null, 'household_id', null),
    (22, 'planning.plans', null, 'household_id', null),
    (23, 'planning.portfolio_models', null, 'household_id', null),
    (24, 'planning.capital_market_assumptions', null, 'household_id', null),
    (25, 'identity.people', null, 'household_id', null),
    (26, 'identity.household_invitations', null, 'household_id', null),
    (27, 'identity.household_members', 'user_id', 'household_id', null),
    (28, 'identity.households', null, 'id', null),
    (29, 'identity.preferences', 'user_id', null, null),
    (30, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
-- Connections and credentials are lost. Their accounts and transactions stay.
drop function wealth.replace_wrapped_key(jsonb);
--> statement-breakpoint
drop function wealth.list_wrapped_keys(jsonb);
--> statement-breakpoint
drop function wealth.mark_wrapped_keys(jsonb);
--> statement-breakpoint
drop function wealth.remove_credential(jsonb);
--> statement-breakpoint
drop function wealth.put_credential(jsonb);
--> statement-breakpoint
drop function wealth.note_webhook(jsonb);
--> statement-breakpoint
drop function wealth.find_item(jsonb);
--> statement-breakpoint
drop function wealth.list_due_connections(jsonb);
--> statement-breakpoint
drop function wealth.end_sync(jsonb);
--> statement-breakpoint
drop function wealth.store_investments(jsonb);
--> statement-breakpoint
drop function wealth.restart_pages(jsonb);
--> statement-breakpoint
drop function wealth.apply_page(jsonb);
--> statement-breakpoint
drop function wealth.remove_synced(wealth.plaid_connections, text);
--> statement-breakpoint
drop function wealth.put_synced(wealth.plaid_connections, jsonb, jsonb);
--> statement-breakpoint
drop function wealth.reverse_synced(wealth.transactions);
--> statement-breakpoint
drop function wealth.give_labels(uuid, jsonb);
--> statement-breakpoint
drop function wealth.has_own_labels(wealth.transactions);
--> statement-breakpoint
drop function wealth.own_labels(wealth.transactions);
--> statement-breakpoint
drop function wealth.names_resemble(text, text);
--> statement-breakpoint
drop function wealth.next_occurrence(uuid, text);
--> statement-breakpoint
drop function wealth.store_accounts(jsonb);
--> statement-breakpoint
drop function wealth.continue_sync(jsonb);
--> statement-breakpoint
drop function wealth.begin_sync(jsonb);
--> statement-breakpoint
drop function wealth.remove_connection(jsonb);
--> statement-breakpoint
drop function wealth.open_connection(jsonb);
--> statement-breakpoint
drop function wealth.create_connection(jsonb);
--> statement-breakpoint
drop function wealth.check_editor(jsonb);
--> statement-breakpoint
drop function wealth.present_connection(wealth.plaid_connections);
--> statement-breakpoint
drop function wealth.sealed_token(wealth.plaid_connections);
--> statement-breakpoint
drop function wealth.may_edit(uuid);
--> statement-breakpoint
drop function wealth.begin_work(jsonb);
--> statement-breakpoint
drop policy syncs_act on wealth.accounts;
--> statement-breakpoint
drop policy syncs_act on wealth.transactions;
--> statement-breakpoint
drop policy syncs_act on wealth.investment_transactions;
--> statement-breakpoint
drop policy syncs_act on wealth.transaction_splits;
--> statement-breakpoint
revoke execute on function operations.find_job_result(jsonb), operations.record_job_end(jsonb), operations.record_system_event(jsonb) from nestegg_wealth;
--> statement-breakpoint
revoke usage on schema operations, wealth from nestegg_wealth;
--> statement-breakpoint
drop table wealth.account_credentials;
--> statement-breakpoint
drop table wealth.plaid_connections;
