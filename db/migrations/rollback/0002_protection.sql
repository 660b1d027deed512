drop function identity.record_identity_event(jsonb);
--> statement-breakpoint
drop function operations.begin_request(jsonb);
--> statement-breakpoint
select operations.unprotect_table(name::regclass) from unnest(array['operations.idempotency_keys', 'identity.users', 'identity.preferences', 'identity.households',
  'planning.capital_market_assumptions', 'planning.portfolio_models', 'planning.plans', 'planning.plan_inputs', 'planning.runs', 'planning.plan_outputs']) as name;
--> statement-breakpoint
revoke update (first_name, last_name, company, title, license_number, version) on identity.users from nestegg_write;
--> statement-breakpoint
drop trigger stamp_row on market.return_datasets;
--> statement-breakpoint
revoke all on market.return_datasets, market.annual_returns, operations.job_runs from nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
drop function operations.make_audit_partitions(integer);
--> statement-breakpoint
drop table operations.audit_logs;
